import type { Choice } from '../../../lib/homey/flow/cards.js';
import { registerCards, type CardPort, type FlowPort } from '../../../lib/homey/flow/register.js';
import { pumpOfArgs } from '../../../lib/homey/heat-pump.js';
import type { Pump } from '../../../lib/homey/pump-device.js';
import type { PlanDecision } from '../../../lib/hot-water/types.js';
import type { Control, PumpSnapshot } from '../../../lib/thermia/pump/model.js';
import { boost, curve, hotWater, mode, NOON, PUMP, silent, snapshot, target, texts } from './fakes.js';

const integral: Control = {
  id: 'register.REG_SER_HEATING_INTEGRALA1',
  kind: 'number',
  value: -59,
  limits: { min: -250, max: -5, step: 1 },
  unit: null,
  at: NOON,
  freshness: 'current',
};
export const full = snapshot(
  {
    hot_water: true,
    hot_water_boost: false,
    'temperature.hot_water': 50,
    'temperature.outdoor': 0,
    operation_mode: 'auto',
    activities: ['heating', 'hot_water'],
    'component.compressor': true,
  },
  [hotWater(true), boost(false), target(20, 15, 25), curve(30), mode('auto', 'off', 'auto'), integral],
);

class Card implements CardPort {
  run: ((args: unknown, state: unknown) => Promise<unknown>) | null = null;
  readonly lists = new Map<string, (query: string, args: unknown) => Promise<Choice[]>>();
  registerRunListener = (run: (args: unknown, state: unknown) => Promise<unknown>): void => {
    this.run = run;
  };
  registerArgumentAutocompleteListener = (
    name: string,
    list: (query: string, args: unknown) => Promise<Choice[]>,
  ): void => void this.lists.set(name, list);
}

export const setUp = (
  pumpSnapshot: PumpSnapshot | null = full,
  decision: PlanDecision | null = null,
  refresh: Pump['refresh'] | null = null,
) => {
  const cards = new Map<string, Card>();
  const card = (id: string): Card => {
    const made = cards.get(id) ?? new Card();
    cards.set(id, made);
    return made;
  };
  const flow: FlowPort = { getActionCard: card, getConditionCard: card, getDeviceTriggerCard: card };
  const written: unknown[] = [];
  let now = NOON;
  const pump: Pump = {
    id: PUMP,
    texts,
    hotWater: {
      look: () => undefined,
      show: () => undefined,
      switched: (_, send) => send(),
      order: (raw) => Promise.resolve(void written.push(raw)),
      givePrices: (raw, day) => void written.push([raw, day]),
      setPlan: () => undefined,
      decision: () => decision,
      day: () => {
        throw new Error('nobody asks for it here');
      },
      leaveOn: () => Promise.resolve(),
      stop: () => undefined,
    },
    now: () => now,
    snapshot: () => pumpSnapshot,
    capabilities: () => ['onoff', 'measure_temperature', 'measure_temperature.outdoor'],
    write: (controlId, value) => Promise.resolve(void written.push([controlId, value])),
    refresh: refresh ?? (() => Promise.resolve(void written.push('refresh'))),
    forgetAccount: () => Promise.resolve(),
    setInterval: () => undefined,
    setExpert: () => undefined,
    stop: () => undefined,
  };
  const device = { pump, pumpId: PUMP, accountKey: 'a', moveTo: () => Promise.resolve() };
  registerCards(flow, pumpOfArgs, texts, silent);
  return {
    cards,
    written,
    later: (ms: number) => void (now += ms),
    run: (id: string, args: object = {}, state: unknown = {}) =>
      cards.get(id)!.run!({ device, ...args }, state),
    list: (id: string, name: string, query = '') => cards.get(id)!.lists.get(name)!(query, { device }),
  };
};
