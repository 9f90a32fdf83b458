import { Temporal } from 'temporal-polyfill';
import { badRequest } from '../errors.js';
import type { Host } from '../host.js';
import { isRecord } from '../json.js';
import type { Logic } from '../logic.js';
import { parseFlowCard } from '../manifest.js';
import type { Notifications } from '../notifications.js';
import type { CardKind } from '../wire.js';
import type { HomeyCard } from './homey-card.js';
import { homeyScriptCards } from './homeyscript-cards.js';

export interface HomeyCardDeps {
  readonly host: Pick<Host, 'clock' | 'timezone'>;
  readonly logic: Logic;
  readonly notifications: Notifications;
  /** Starts a Flow by its id. */
  readonly startFlow: (id: string) => void;
  readonly flows: () => readonly { readonly id: string; readonly name: string }[];
}

export const CRON = 'homey:manager:cron';
export const LOGIC = 'homey:manager:logic';
const FLOW = 'homey:manager:flow';
const NOTIFICATIONS = 'homey:manager:notifications';

const idOf = (value: unknown): string => {
  const id = isRecord(value) ? value['id'] : value;
  if (typeof id !== 'string') throw badRequest('Invalid choice');
  return id;
};

const numberOf = (value: unknown): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw badRequest(`Not a number: ${String(value)}`);
  }
  return number;
};

const text = (en: string): { en: string } => ({ en });
const arg = (name: string, type: string, title: string, more: object = {}): object => ({
  name,
  type,
  title: text(title),
  ...more,
});
const card = (
  kind: CardKind,
  ownerUri: string,
  ownerName: string,
  definition: object,
): Pick<HomeyCard, 'kind' | 'ownerUri' | 'ownerName' | 'definition'> => ({
  kind,
  ownerUri,
  ownerName,
  definition: parseFlowCard(definition),
});

/** Whether a time of day is in a stretch that may pass midnight; both ends belong to it. */
const isBetween = (time: string, from: string, to: string): boolean =>
  from <= to ? from <= time && time <= to : time >= from || time <= to;

const localTime = ({ clock, timezone }: HomeyCardDeps['host']): string =>
  Temporal.Instant.fromEpochMilliseconds(clock.now())
    .toZonedDateTimeISO(timezone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });

const cronCards = ({ host }: HomeyCardDeps): HomeyCard[] => [
  {
    ...card('condition', CRON, 'Date & Time', {
      id: 'time_between',
      title: text('The time is between'),
      titleFormatted: text('The time is between [[time1]] and [[time2]]'),
      args: [arg('time1', 'time', 'From'), arg('time2', 'time', 'To')],
    }),
    run: ({ time1, time2 }) => isBetween(localTime(host), String(time1), String(time2)),
  },
  {
    ...card('trigger', CRON, 'Date & Time', {
      id: 'time_exactly',
      title: text('The time is'),
      titleFormatted: text('The time is [[time]]'),
      args: [arg('time', 'time', 'Time')],
    }),
    matches: ({ time }, state) => isRecord(state) && state['time'] === time,
  },
  {
    ...card('trigger', CRON, 'Date & Time', {
      id: 'every_nth',
      title: text('Every'),
      titleFormatted: text('Every [[n]] [[type]]'),
      args: [
        arg('n', 'number', 'Number', { min: 1, max: 60, step: 1 }),
        arg('type', 'dropdown', 'Unit', {
          values: [
            { id: 'minute', title: text('minutes') },
            { id: 'hour', title: text('hours') },
          ],
        }),
      ],
    }),
    matches: ({ n, type }, state) => {
      const minute = isRecord(state) ? numberOf(state['minuteOfDay']) : 0;
      return minute % (numberOf(n) * (type === 'hour' ? 60 : 1)) === 0;
    },
  },
];

const COMPARISONS: readonly (readonly [string, string, (left: unknown, right: unknown) => boolean])[] = [
  ['lt', 'is less than', (left, right) => numberOf(left) < numberOf(right)],
  ['gt', 'is greater than', (left, right) => numberOf(left) > numberOf(right)],
  ['eq', 'is equal to', (left, right) => String(left) === String(right)],
];

const logicCards = ({ logic }: HomeyCardDeps): HomeyCard[] => {
  const complete = (types: readonly string[]) => (_name: string, query: string) =>
    logic
      .all()
      .filter(({ type, name }) => types.includes(type) && name.toLowerCase().includes(query.toLowerCase()))
      .map(({ id, name, type, value }) => ({ id, name, type, value }));
  return [
    {
      ...card('trigger', LOGIC, 'Logic', {
        id: 'variable_changed',
        title: text('The variable changed'),
        titleFormatted: text('[[variable]] changed'),
        args: [arg('variable', 'autocomplete', 'Variable')],
      }),
      complete: complete(['string', 'number', 'boolean']),
      matches: ({ variable }, state) => isRecord(state) && state['id'] === idOf(variable),
    },
    ...COMPARISONS.map(([id, words, compare]): HomeyCard => ({
      ...card('condition', LOGIC, 'Logic', {
        id,
        title: text(words),
        titleFormatted: text(`${words} [[comparator]]`),
        args: [arg('comparator', 'text', 'Value')],
        droptoken: id === 'eq' ? ['string', 'number', 'boolean'] : ['number'],
      }),
      run: ({ comparator }, droptoken) => {
        if (droptoken === undefined) throw badRequest('Missing Droptoken');
        return compare(droptoken, comparator);
      },
    })),
    ...(['number', 'string', 'boolean'] as const).map((type): HomeyCard => ({
      ...card('action', LOGIC, 'Logic', {
        id: `variable_set_${type}`,
        title: text(`Set a ${type} variable`),
        titleFormatted: text('Set [[variable]] to [[value]]'),
        args: [
          arg('variable', 'autocomplete', 'Variable'),
          arg('value', type === 'boolean' ? 'checkbox' : 'text', 'Value'),
        ],
      }),
      complete: complete([type]),
      run: ({ variable, value }) => {
        logic.set(idOf(variable), type === 'number' ? numberOf(value) : value);
      },
    })),
  ];
};

const flowCards = ({ startFlow, flows }: HomeyCardDeps): HomeyCard[] => [
  {
    ...card('trigger', FLOW, 'Flow', { id: 'programmatic_trigger', title: text('This Flow is started') }),
    matches: () => false,
  },
  {
    ...card('action', FLOW, 'Flow', {
      id: 'programmatic_trigger',
      title: text('Start a Flow'),
      titleFormatted: text('Start [[flow]]'),
      args: [arg('flow', 'autocomplete', 'Flow')],
    }),
    complete: (_name, query) =>
      flows()
        .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
        .map(({ id, name }) => ({ id, name })),
    run: ({ flow }) => startFlow(idOf(flow)),
  },
];

/** The cards of this Homey's own that a Flow around a heat pump needs. */
export const createHomeyCards = (deps: HomeyCardDeps): readonly HomeyCard[] => [
  ...cronCards(deps),
  ...logicCards(deps),
  ...flowCards(deps),
  ...homeyScriptCards(),
  {
    ...card('action', NOTIFICATIONS, 'Timeline', {
      id: 'create_notification',
      title: text('Create a notification'),
      titleFormatted: text('Create a notification with [[text]]'),
      args: [arg('text', 'text', 'Text')],
    }),
    run: ({ text: excerpt }) => deps.notifications.create(NOTIFICATIONS, 'Timeline', excerpt),
  },
];
