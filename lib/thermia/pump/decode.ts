import type { InstallationStatus, Register } from '../cloud/wire.js';
import { ThermiaError } from '../errors.js';
import { TOPICS, type Topic } from '../source.js';
import { leftovers, writablesOf, type Writable } from './controls.js';
import { checkValue } from './limits.js';
import type { Control, ControlValue, Reading, Readings } from './model.js';
import { groupsOf, isSettingsGroup, registersOf, type KnownRegisters } from './registers.js';
import { readTopic } from './readings.js';
import { CURVES, MODE, SWITCHES, TARGETS } from './table.js';

/** What was delivered for one topic of one pump. */
export interface TopicInput {
  /** When it arrived, milliseconds since 1970. */
  readonly at: number;
  /**
   * Registers by wire group: those of the topic, as just read. Other groups may be among them as they are known; they
   * are looked at for what a value means (room sensor, limits of the target), never read again.
   */
  readonly groups: ReadonlyMap<string, readonly Register[]>;
  /** For the topic `status` the answer itself, for others the last good one. */
  readonly status: InstallationStatus | null;
  /** For the topic `alarms`: active alarms where a counter tells, and the texts of the active ones. */
  readonly alarms?: { readonly active: number | null; readonly titles: readonly string[] };
  readonly timeZone: string | null;
}

export interface DecodedTopic {
  readonly readings: Readings;
  readonly controls: readonly Control[];
  readonly unknown: ReadonlyMap<string, number>;
  /** The pump has nothing under this topic. */
  readonly empty: boolean;
}

const made = <T>(value: T, at: number): Reading<T> => ({ value, unit: null, at, freshness: 'current' });

const readAlarms = ({ at, alarms }: TopicInput): Readings =>
  alarms === undefined
    ? {}
    : {
        alarms: made(alarms.active ?? alarms.titles.length, at),
        alarm_texts: made(alarms.titles, at),
      };

/** Having no alarm is an answer, and a profile is never nothing. */
const isEmpty = (topic: Topic, { groups, status }: TopicInput): boolean => {
  if (topic === 'alarms' || topic === 'profile') return false;
  if (topic === 'status') return status === null;
  const wanted = topic === 'settings' ? [...groups.keys()].filter(isSettingsGroup) : groupsOf(topic);
  return wanted.every((group) => (groups.get(group) ?? []).length === 0);
};

/** From what the service delivered to what it means. Pure; keeps nothing between calls. */
export const decodeTopic = (topic: Topic, input: TopicInput): DecodedTopic => {
  const { at, groups, status } = input;
  const registers = registersOf(topic, groups);
  const known = { groups, status };
  const unknown = new Map<string, number>();
  const readings = topic === 'alarms' ? readAlarms(input) : readTopic(topic, at, registers, known, unknown);
  const writables = writablesOf(topic, at, registers, known);
  for (const [name, value] of leftovers(registers, writables)) unknown.set(name, value);
  return {
    readings,
    controls: writables.map(({ control }) => control),
    unknown,
    empty: isEmpty(topic, input),
  };
};

const findWritable = (controlId: string, known: KnownRegisters): Writable | undefined => {
  for (const topic of TOPICS) {
    const found = writablesOf(topic, 0, registersOf(topic, known.groups), known).find(
      ({ control }) => control.id === controlId,
    );
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The names that a control's value would be found under, to tell what cannot be set from what is not there. */
const namesOf = (controlId: string): readonly string[] => {
  if (controlId.startsWith('register.')) return [controlId.slice('register.'.length)];
  if (controlId === 'operation_mode') return [MODE.name];
  return (
    CURVES.find(({ id }) => `curve.${id}` === controlId)?.names ??
    SWITCHES.filter(({ id }) => id === controlId).map(({ name }) => name)
  );
};

const isReadable = (controlId: string, { groups, status }: KnownRegisters): boolean => {
  const target = TARGETS.find(({ id }) => id === controlId);
  if (target !== undefined) return status !== null && target.value(status) !== null;
  const names = namesOf(controlId);
  return [...groups.values()].flat().some(({ registerName }) => names.includes(registerName));
};

/**
 * Where and as what a value is written. Throws `not_supported` where the pump lacks the control, `not_writable` where it
 * can only be read, `out_of_range` for a value that it does not take.
 */
export const resolveWrite = (
  controlId: string,
  value: ControlValue,
  known: KnownRegisters,
): { registerId: number; registerValue: number } => {
  const writable = findWritable(controlId, known);
  if (writable === undefined) {
    const facts = { during: controlId };
    throw isReadable(controlId, known)
      ? new ThermiaError('not_writable', `${controlId} can only be read on this pump`, facts)
      : new ThermiaError('not_supported', `This pump has no ${controlId}`, facts);
  }
  return {
    registerId: writable.registerId,
    registerValue: writable.encode(checkValue(writable.control, value)),
  };
};
