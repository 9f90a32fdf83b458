import type { Flow, UsedCard } from '../flows.js';
import { isTimeOfDay, readRange, type DayRange } from './day.js';
import {
  CARDS,
  COMMAND_VARIABLE,
  HOT_WATER_SCRIPT,
  isScriptCard,
  READ_SCRIPT,
  TANK_VARIABLE,
} from './known.js';

/** What a Flow of the set-up is for. */
export type Purpose =
  | { readonly kind: 'reads' }
  /** At a time of day, `HH:MM`. */
  | { readonly kind: 'switches'; readonly at: string; readonly on: boolean }
  /** `within` is null where it does so all day. */
  | { readonly kind: 'rescues'; readonly below: number; readonly within: DayRange | null }
  /** It has to do with the set-up, and cannot be replaced without its owner. */
  | { readonly kind: 'unclear'; readonly why: string };

export interface Variable {
  readonly id: string;
  readonly name: string;
}

const idOf = (choice: unknown): readonly string[] => {
  if (typeof choice === 'string') return [choice];
  if (typeof choice !== 'object' || choice === null) return [];
  return [Reflect.get(choice, 'id'), Reflect.get(choice, 'name')].filter(
    (each): each is string => typeof each === 'string',
  );
};

/** The script that a card runs, without the ending of its file. */
const scriptOf = ({ id, args }: UsedCard): string | null => {
  if (!isScriptCard(id)) return null;
  const names = idOf(args?.['script']).map((name) => name.replace(/\.js$/, ''));
  return names.find((name) => name === READ_SCRIPT || name === HOT_WATER_SCRIPT) ?? null;
};

export const runsTheScripts = (cards: readonly UsedCard[]): boolean =>
  cards.some((card) => scriptOf(card) !== null);

const unclear = (why: string): Purpose => ({ kind: 'unclear', why });

/** A command in quotes; anything else than a word may be a secret. */
const quoted = (command: string): string => (/^[a-z_-]{1,20}$/.test(command) ? `"${command}"` : 'some text');

/** `{ number, multiplier }`: what cannot be read counts as some time. */
const takesTime = (time: unknown): boolean => {
  if (time === undefined || time === null) return false;
  return typeof time !== 'object' || Number(Reflect.get(time, 'number')) !== 0;
};

interface Doing {
  readonly reads: boolean;
  readonly hotWater: boolean;
  readonly commands: readonly string[];
}

/** What the actions do, or the sentence for what is not part of the set-up. */
const doingOf = (actions: readonly UsedCard[], variables: readonly Variable[]): Doing | string => {
  const commands: string[] = [];
  let reads = false;
  let hotWater = false;
  for (const card of actions) {
    const script = scriptOf(card);
    if (takesTime(card.delay) || takesTime(card.duration))
      return 'one of its actions waits, or lasts for a time';
    if (script === READ_SCRIPT) reads = true;
    else if (script === HOT_WATER_SCRIPT) {
      hotWater = true;
      const argument = card.args?.['argument'];
      if (typeof argument === 'string' && argument !== '') commands.push(argument.trim().toLowerCase());
    } else if (CARDS.isSet(card.id)) {
      const names = idOf(card.args?.['variable']);
      const command = variables.find(({ name }) => name === COMMAND_VARIABLE);
      if (!names.some((each) => each === COMMAND_VARIABLE || each === command?.id)) {
        return 'it sets another variable as well';
      }
      if (hotWater) return 'it sets the command when the script has run already';
      commands.push(String(card.args?.['value']).trim().toLowerCase());
    } else return `it does something else as well (${card.id})`;
    if (card.group === 'else') return 'it does one thing or another';
  }
  return { reads, hotWater, commands: [...new Set(commands)] };
};

const rescueOf = (conditions: readonly UsedCard[], variables: readonly Variable[]): Purpose => {
  const tank = variables.find(({ name }) => name === TANK_VARIABLE);
  let below: number | null = null;
  let within: DayRange | null = null;
  if (new Set(conditions.map(({ group }) => group ?? '')).size > 1)
    return unclear('one of several conditions is enough for it');
  for (const { id, args, droptoken, inverted } of conditions) {
    if (inverted === true) return unclear('one of its conditions is turned round');
    if (id === CARDS.between) {
      const range = readRange(args?.['time1'], args?.['time2']);
      if (range === null || within !== null) return unclear('its hours are not one stretch of the day');
      within = range;
      continue;
    }
    if (id !== CARDS.less) return unclear(`it has a condition that is not part of the set-up (${id})`);
    if (tank === undefined || droptoken !== `homey:manager:logic|${tank.id}`) {
      return unclear('it compares something else than the temperature of the hot water');
    }
    const comparator = Number(args?.['comparator']);
    if (below !== null || !Number.isFinite(comparator)) return unclear('its temperature is not one number');
    below = comparator;
  }
  if (below === null) return unclear('it switches hot water on every so often, whatever the temperature');
  if (below < 30 || below > 60) return unclear(`the plan takes 30 to 60 °C, and it waits for ${below} °C`);
  return { kind: 'rescues', below, within };
};

/** What a Flow that runs the scripts is for. */
export const purposeOf = (flow: Flow, variables: readonly Variable[]): Purpose => {
  const { trigger } = flow;
  const conditions = flow.conditions ?? [];
  if (conditions.some((card) => scriptOf(card) !== null)) return unclear('it asks a script whether to go on');
  const doing = doingOf(flow.actions ?? [], variables);
  if (typeof doing === 'string') return unclear(doing);
  const { reads, hotWater, commands } = doing;
  const [command] = commands;
  const isPeriodic = CARDS.isPeriod(trigger?.id ?? '');
  if (commands.length > 1) return unclear(`it sends several commands (${commands.map(quoted).join(', ')})`);
  if (reads || command === 'status') {
    const asksOnly = hotWater ? command === 'status' : command === undefined;
    if (!asksOnly) return unclear('it reads and switches in one');
    if (!isPeriodic && trigger?.id !== CARDS.time)
      return unclear('it starts with something else than the time');
    return conditions.length === 0 ? { kind: 'reads' } : unclear('it reads only under a condition');
  }
  if (command !== 'on' && command !== 'off') {
    return unclear(
      command === undefined
        ? 'the command that it sends is not in it'
        : `it sends the command ${quoted(command)}`,
    );
  }
  if (trigger?.id === CARDS.time) {
    const at = trigger.args?.['time'];
    if (conditions.length > 0) return unclear('it switches only under a condition');
    if (!isTimeOfDay(at)) return unclear('its time is not a time of day');
    return { kind: 'switches', at, on: command === 'on' };
  }
  if (!isPeriodic) return unclear('it starts with something else than the time');
  if (command === 'off') return unclear('it switches hot water off every so often');
  return rescueOf(conditions, variables);
};
