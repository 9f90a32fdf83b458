import type { Register } from '../cloud/wire.js';
import type { Topic } from '../source.js';
import type { Reading, ReadingId, Readings, Unit } from './model.js';
import { distinctValues, isSwitch, plainName } from './names.js';
import { changedAtOf, firstValid, isNumber, type KnownRegisters } from './registers.js';
import { decodeDoing, decodePower, POWER_STEPS } from './status.js';
import { MODE, NUMBERS, SWITCHES, type NumberId, type SwitchId } from './table.js';

type Draft = { -readonly [K in ReadingId]?: Readings[K] };

const made = <T>(value: T, unit: Unit | null, at: number, register?: Register): Reading<T> => ({
  value,
  unit,
  at,
  ...(register === undefined ? {} : changedAtOf(register)),
  freshness: 'current',
});

type Registers = ReadonlyMap<string, Register>;

const readNumbers = (topic: Topic, at: number, registers: Registers, known: KnownRegisters): Draft => {
  const draft: Partial<Record<NumberId, Reading<number>>> = {};
  for (const { id, unit, unitOf, topics, names, valid, inStatus, when } of NUMBERS) {
    if (!topics.includes(topic) || when?.(known) === false) continue;
    if (topic === 'status') {
      const value = (known.status && inStatus?.(known.status)) ?? null;
      if (value !== null && valid(value)) draft[id] = made(value, unit, at);
      continue;
    }
    const register = firstValid(names, registers, valid);
    if (register === undefined) continue;
    draft[id] = made(register.registerValue, unitOf?.(register) ?? unit, at, register);
  }
  return draft;
};

const readSwitches = (topic: Topic, at: number, registers: Registers): Draft => {
  const draft: Partial<Record<SwitchId, Reading<boolean>>> = {};
  for (const { id, name, topic: home } of SWITCHES) {
    if (home !== topic) continue;
    const register = firstValid([name], registers, (value) => value === 0 || value === 1);
    if (register === undefined || !isSwitch(register)) continue;
    draft[id] = made(register.registerValue === 1, null, at, register);
  }
  return draft;
};

const readMode = (topic: Topic, at: number, registers: Registers, unknown: Map<string, number>): Draft => {
  if (topic !== 'mode' && topic !== 'doing') return {};
  const register = firstValid([MODE.name], registers, isNumber);
  if (register === undefined) return {};
  const named = distinctValues(register.valueNames).find(({ value }) => value === register.registerValue);
  if (named !== undefined) return { operation_mode: made(plainName(named.name), null, at, register) };
  unknown.set(MODE.name, register.registerValue);
  return {};
};

const readDoing = (topic: Topic, at: number, registers: Registers, unknown: Map<string, number>): Draft => {
  if (topic !== 'doing') return {};
  const draft: Draft = {};
  const doing = decodeDoing(registers);
  if (doing !== undefined) {
    const { activities, components, register } = doing;
    draft.activities = made(activities, null, at, register);
    draft.activity = made(activities[0], null, at, register);
    for (const [id, on] of components) draft[`component.${id}`] = made(on, null, at, register);
    for (const [name, value] of doing.unknown) unknown.set(name, value);
  }
  const power = decodePower(registers);
  if (power !== undefined) {
    draft.aux_heater_steps = made(power.set.map(plainName), null, at, power.register);
    draft['component.aux_heater'] = made(power.register.registerValue > 0, null, at, power.register);
    if (power.nameless > 0) unknown.set(POWER_STEPS.register, power.nameless);
  }
  return draft;
};

/** All readings of a topic. What was reported and has no name goes into `unknown`. */
export const readTopic = (
  topic: Topic,
  at: number,
  registers: Registers,
  known: KnownRegisters,
  unknown: Map<string, number>,
): Readings => ({
  ...readNumbers(topic, at, registers, known),
  ...readSwitches(topic, at, registers),
  ...readMode(topic, at, registers, unknown),
  ...readDoing(topic, at, registers, unknown),
});
