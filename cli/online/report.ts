import { redact } from '../../lib/thermia/index.js';
import type { Group, Profile, Register } from './dump.js';

/** What a report of one pump is made of, as it was read. */
export interface ReportParts {
  readonly at: number;
  readonly profile: Profile;
  readonly installation: {
    readonly name: string | null;
    readonly model: string | null;
    readonly firmware: string | null;
    readonly online: boolean | null;
  };
  readonly status: object;
  readonly registers: Readonly<Record<string, readonly Register[]>>;
  readonly events: readonly {
    readonly title: string | null;
    readonly severity: string | null;
    readonly occurredAt: number | null;
    readonly clearedAt: number | null;
  }[];
  readonly session: object;
}

const MADE_UP_ID = 1_000_001;
const MADE_UP_NAME = 'A heat pump';
/** Numbers that tell one machine from all others. */
const IDENTIFYING = /SERIAL|MAC_?ADDR|IP_?ADDR|DEVICE_?ID|PRODUCTION/i;

const cleanRegister = (register: Register): object => ({
  ...register,
  registerValue: IDENTIFYING.test(register.registerName) ? null : register.registerValue,
  // Free text: nobody knows what a pump puts here.
  stringRegisterValue: null,
  // Derived from the time stamp beside it.
  changedAt: undefined,
});

const cleanGroup = ({ id, name, visibility }: Group): object => ({ id, name, parentId: null, visibility });

/** Every text in a value, without what identifies somebody. */
const cleanTexts = (value: unknown, name: string | null): unknown => {
  if (typeof value === 'string') {
    const redacted = redact(value);
    return name === null || name.length < 3 ? redacted : redacted.replaceAll(name, MADE_UP_NAME);
  }
  if (Array.isArray(value)) return value.map((each) => cleanTexts(each, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleanTexts(each, name)]));
};

/**
 * One pump in the shape in which the sandbox takes captured pumps, and what helps to find a fault. Made from what the client
 * reads, which is a list of what is let in: names, addresses, serial numbers, users and ids never get here.
 */
export const makeReport = (parts: ReportParts): unknown => {
  const { at, profile, installation, status, registers, events, session } = parts;
  const { detail } = profile;
  const kind = { model: detail.model ?? installation.model, profile: detail.profile };
  const capture = {
    installation: {
      id: MADE_UP_ID,
      name: MADE_UP_NAME,
      isOnline: installation.online,
      firmwareVersion: installation.firmware,
      ...kind,
    },
    detail: {
      id: MADE_UP_ID,
      name: MADE_UP_NAME,
      installationProfileId: detail.installationProfileId,
      isOnline: detail.isOnline,
      timeZoneId: detail.timeZoneId,
      status: detail.status,
      ...kind,
    },
    status,
    groups: profile.groups.map(cleanGroup),
    registers: Object.fromEntries(
      Object.entries(registers).map(([group, all]) => [group, all.map(cleanRegister)]),
    ),
  };
  const report = {
    made: new Date(at).toISOString(),
    node: process.versions.node,
    platform: process.platform,
    session,
    events,
  };
  return cleanTexts({ ...capture, report }, installation.name);
};
