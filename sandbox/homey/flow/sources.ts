import { Temporal } from 'temporal-polyfill';
import { isSubCapability, originOf } from '../capability.js';
import type { DeviceRegistry } from '../devices/registry.js';
import type { SdkCalls } from '../devices/sdk-calls.js';
import type { CapabilityValues, ValueChange } from '../devices/values.js';
import { notFound } from '../errors.js';
import type { Host } from '../host.js';
import { sameJson } from '../json.js';
import type { Logic } from '../logic.js';
import { checkTokens } from './arguments.js';
import type { Cards } from './cards.js';
import type { FlowEngine } from './engine.js';
import { CRON, LOGIC } from './homey-cards.js';

const MINUTE = 60_000;
/** A sandbox that was asleep does not make up for more than this. */
const MOST_MINUTES = 24 * 60;

const endingsOf = ({ value }: ValueChange): readonly string[] => {
  if (typeof value === 'boolean') return [value ? '_true' : '_false', '_changed'];
  return ['_changed'];
};

/**
 * What a Homey fires by itself when a value changes: the cards of a system capability, and for a sub-capability or an own
 * one the cards that the app declares under the conventional name.
 */
export const fireOnValues = (
  host: Host,
  devices: DeviceRegistry,
  values: CapabilityValues,
  engine: FlowEngine,
): void => {
  const declared = new Map(host.app.manifest.flow.triggers.map((card) => [card.id, card]));
  values.onValue((change) => {
    const { device, definition, value, previous } = change;
    if (value === null || sameJson(value, previous)) return;
    const isSystem = !isSubCapability(definition.id) && originOf(host.app, definition.id) === 'system';
    for (const ending of endingsOf(change)) {
      const cardId = `${definition.id}${ending}`;
      if (!isSystem && !declared.has(cardId)) continue;
      engine.fire(`${devices.uriOf(device.id)}:${cardId}`, { [definition.id]: value }, { value });
    }
  });
};

/** What the app fires. */
export const triggerCalls = (
  host: Host,
  devices: DeviceRegistry,
  cards: Cards,
  engine: FlowEngine,
): SdkCalls => ({
  'flow.trigger': (data) => {
    const { id, deviceId, tokens, state } = data;
    const definition = host.app.manifest.flow.triggers.find((card) => card.id === id);
    if (definition === undefined) throw notFound('FlowCardTrigger', String(id));
    const checked = checkTokens({ definition }, tokens);
    const owner = typeof deviceId === 'string' ? devices.uriOf(devices.get(deviceId).id) : host.app.uri;
    engine.fire(`${owner}:${definition.id}`, checked, state);
  },
  'flow.argumentValues': (data) => {
    const { kind, id, deviceId } = data;
    if (kind !== 'trigger' && kind !== 'condition' && kind !== 'action')
      throw notFound('FlowCard', String(id));
    const wanted = new Set(
      cards
        .all(kind)
        .filter(({ source }) => source.by === 'app' && source.cardId === id)
        .filter(({ source }) => source.by === 'app' && (deviceId === null || source.device?.id === deviceId))
        .map((card) => card.id),
    );
    return engine.all().flatMap((flow) => {
      const used = { trigger: [flow.trigger], condition: flow.conditions, action: flow.actions }[kind];
      return used.filter((card) => wanted.has(card.id)).map(({ args }) => args);
    });
  },
});

/** Fires the cards of the clock every minute; the returned function ends it. */
export const fireOnClock = ({ clock, timezone }: Host, engine: FlowEngine): (() => void) => {
  let last = Math.floor(clock.now() / MINUTE);
  let cancel: () => void = () => undefined;
  const fire = (minute: number): void => {
    const at = Temporal.Instant.fromEpochMilliseconds(minute * MINUTE).toZonedDateTimeISO(timezone);
    const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
    const state = { time, minuteOfDay: at.hour * 60 + at.minute };
    for (const id of ['time_exactly', 'every_nth']) engine.fire(`${CRON}:${id}`, {}, state);
  };
  const tick = (): void => {
    const now = Math.floor(clock.now() / MINUTE);
    for (let minute = Math.max(last, now - MOST_MINUTES) + 1; minute <= now; minute += 1) fire(minute);
    last = Math.max(last, now);
    cancel = clock.after(MINUTE - (clock.now() % MINUTE), tick);
  };
  cancel = clock.after(MINUTE - (clock.now() % MINUTE), tick);
  return () => cancel();
};

export const fireOnVariables = (logic: Logic, engine: FlowEngine): void => {
  logic.onChange((variable) => {
    engine.fire(`${LOGIC}:variable_changed`, { variable: variable.value }, { id: variable.id });
  });
};
