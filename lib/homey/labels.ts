import type { ChainFacts } from '../thermia/cloud/types.js';
import type { PumpIdentity, PumpSnapshot } from '../thermia/pump/model.js';
import { readableName } from './names.js';
import type { Texts } from './texts.js';

const HOUR_MS = 3_600_000;

/** The read-only texts among the device's settings. */
export interface Labels {
  readonly model: string;
  readonly firmware: string;
  readonly installation: string;
  readonly sign_in_valid_until: string;
  readonly last_contact: string;
  readonly other_values: string;
}

export const identityLabels = (
  identity: PumpIdentity,
  texts: Texts,
): Pick<Labels, 'model' | 'firmware' | 'installation'> => {
  const unknown = texts.say('settings.unknown');
  const firmware = [identity.firmware, identity.gatewayFirmware].filter((part) => part !== null);
  return {
    model: identity.model ?? unknown,
    firmware: firmware.length === 0 ? unknown : firmware.join(' / '),
    installation: identity.id,
  };
};

export const signInLabel = (chain: ChainFacts, passwordKept: boolean, texts: Texts): string => {
  if (chain.endsAt === null) return texts.say('settings.unknown');
  const time = texts.time(chain.endsAt);
  if (chain.kind === 'sliding') return texts.say('settings.until_sliding', { time });
  return texts.say(passwordKept ? 'settings.until_password' : 'settings.until', { time });
};

/** What the pump reports and nobody has named yet. */
export const otherValuesLabel = (unknown: ReadonlyMap<string, number>): string =>
  unknown.size === 0
    ? '-'
    : [...unknown].map(([name, value]) => `${readableName(name)} ${String(value)}`).join(', ');

/** All labels of one device. The last contact and values without a name move all the time: they are kept for an hour. */
export const createLabels = (texts: Texts) => {
  let contact = -Infinity;
  let others: ReadonlyMap<string, number> = new Map();
  return (now: {
    readonly snapshot: PumpSnapshot | null;
    readonly chain: ChainFacts;
    readonly passwordKept: boolean;
  }): Partial<Labels> => {
    const { snapshot } = now;
    const heard = snapshot?.lastOnline ?? null;
    const due = heard !== null && Math.abs(heard - contact) >= HOUR_MS;
    if (due) contact = heard;
    if (snapshot !== null && (due || snapshot.unknown.size !== others.size)) others = snapshot.unknown;
    return {
      ...(snapshot === null ? {} : identityLabels(snapshot.identity, texts)),
      sign_in_valid_until: signInLabel(now.chain, now.passwordKept, texts),
      ...(Number.isFinite(contact) ? { last_contact: texts.time(contact) } : {}),
      other_values: otherValuesLabel(others),
    };
  };
};

/** Only what differs, so that nothing is stored for nothing; null where all is the same. */
export const changedLabels = (
  labels: Partial<Labels>,
  current: (key: string) => unknown,
): Record<string, string> | null => {
  const changed = Object.entries(labels).filter(([key, value]) => current(key) !== value);
  return changed.length === 0 ? null : Object.fromEntries(changed);
};
