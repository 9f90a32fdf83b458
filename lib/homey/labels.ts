import type { ChainFacts } from '../thermia/cloud/types.js';
import type { PumpIdentity } from '../thermia/pump/model.js';
import { readableName } from './names.js';
import type { Texts } from './texts.js';

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

/** Only what differs, so that nothing is stored for nothing; null where all is the same. */
export const changedLabels = (
  labels: Partial<Labels>,
  current: (key: string) => unknown,
): Record<string, string> | null => {
  const changed = Object.entries(labels).filter(([key, value]) => current(key) !== value);
  return changed.length === 0 ? null : Object.fromEntries(changed);
};
