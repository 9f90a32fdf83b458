import { ThermiaError } from '../../../../lib/thermia/errors.js';
import type { Clock } from '../../../../lib/thermia/ports.js';
import type { Control, ControlValue, Reading, Readings } from '../../../../lib/thermia/pump/index.js';
import type {
  PumpIdentity,
  PumpListing,
  PumpSource,
  Topic,
  TopicReport,
} from '../../../../lib/thermia/index.js';

/**
 * A second source of pumps, as a local bus would be: numbered cells, no cloud, no session. It shows that the port asks for
 * nothing that only Thermia Online has, and lets tests say what goes wrong when.
 */
export interface SimulatedPump {
  readonly id: string;
  /** What its cells hold. */
  readonly cells: Map<Cell, number>;
  listed: boolean;
  online: boolean | null;
  /** `null`: the source cannot tell. */
  lastOnline: number | null;
  alarms: number | null;
  alarmTexts: readonly string[];
  /** Topics that it has nothing under. */
  readonly empty: Set<Topic>;
  /** Topics that fail, one by one. */
  readonly broken: Map<Topic, ThermiaError>;
  /** Answers, and says nothing. */
  silent: boolean;
  /** Until a written value is in its cell; null: never. */
  takesMs: number | null;
  identity: Partial<PumpIdentity>;
}

const CELLS = [
  'outdoor',
  'supply',
  'running',
  'hot_water',
  'target',
  'mode',
  'hours',
  'curve',
  'link',
] as const;
type Cell = (typeof CELLS)[number];

export interface Call {
  readonly at: number;
  readonly pumpId: string | null;
  /** `list`, `write hot_water=true`, or the topics. */
  readonly what: string;
  readonly topics: readonly Topic[];
}

export interface SimulatedBus {
  readonly source: PumpSource;
  readonly calls: Call[];
  readonly forgotten: string[];
  pump(id: string): SimulatedPump;
  /** Called before each answer; may wait or throw. */
  before: (call: Call, signal: AbortSignal) => Promise<void> | void;
}

const MODES = ['off', 'auto', 'manual'] as const;

export const createModbusLikeSource = (clock: Clock, ids: readonly string[]): SimulatedBus => {
  const pumps = new Map(
    ids.map((id): [string, SimulatedPump] => [
      id,
      {
        id,
        cells: new Map(CELLS.map((cell, index) => [cell, index + 10])),
        listed: true,
        online: true,
        lastOnline: clock.now(),
        alarms: 0,
        alarmTexts: ['Low pressure'],
        empty: new Set(),
        broken: new Map(),
        silent: false,
        takesMs: 5000,
        identity: { firmware: '1.0' },
      },
    ]),
  );
  for (const { cells } of pumps.values()) {
    cells.set('hot_water', 0);
    cells.set('mode', 1);
  }
  const known = (id: string): SimulatedPump => {
    const pump = pumps.get(id);
    if (pump === undefined) throw new ThermiaError('not_found', `No pump ${id}`);
    return pump;
  };

  const read = (pump: SimulatedPump, topic: Topic): [Readings, Control[]] => {
    const at = clock.now();
    const { cells } = pump;
    const cell = (name: Cell): number => cells.get(name) ?? Number.NaN;
    const made = <T>(value: T): Reading<T> => ({ value, unit: null, at, freshness: 'current' });
    const base = { at, freshness: 'current' } as const;
    const limits = { min: 10, max: 30, step: 1 };
    switch (topic) {
      case 'doing':
        return [{ activity: made(cell('running') > 0 ? 'heating' : 'idle') }, []];
      case 'temperatures':
        return [
          { 'temperature.outdoor': made(cell('outdoor')), 'temperature.supply': made(cell('supply')) },
          [],
        ];
      case 'hot_water': {
        const value = cell('hot_water') === 1;
        return [{ hot_water: made(value) }, [{ ...base, id: 'hot_water', kind: 'switch', value }]];
      }
      case 'status':
        return [
          { heating_target: made(cell('target')), 'temperature.outdoor': made(cell('outdoor') + 1) },
          [{ ...base, id: 'heating_target', kind: 'number', value: cell('target'), limits, unit: '°C' }],
        ];
      case 'mode': {
        const value = MODES[cell('mode')] ?? null;
        const options = MODES.map((each) => ({ value: each, warn: false }));
        return [
          { operation_mode: made(value ?? 'unknown') },
          [{ ...base, id: 'operation_mode', kind: 'choice', value, options }],
        ];
      }
      case 'hours':
        return [{ 'hours.compressor': made(cell('hours')) }, []];
      case 'settings':
        return [
          { cooling: made(false) },
          [{ ...base, id: 'curve.level', kind: 'number', value: cell('curve'), limits, unit: '°C' }],
        ];
      case 'alarms':
        return [{ alarm_texts: made(pump.alarmTexts) }, []];
      case 'profile':
        return [{}, []];
    }
  };

  const report = (pump: SimulatedPump, topic: Topic): TopicReport => {
    const error = pump.broken.get(topic);
    if (error !== undefined) return { topic, ok: false, error };
    const [readings, controls] = pump.empty.has(topic) ? [{}, []] : read(pump, topic);
    return { topic, ok: true, readings, controls, unknown: new Map(), empty: pump.empty.has(topic) };
  };

  const cellOf: Readonly<Record<string, Cell>> = {
    hot_water: 'hot_water',
    heating_target: 'target',
    operation_mode: 'mode',
    'curve.level': 'curve',
  };
  const numberOf = (value: ControlValue): number =>
    typeof value === 'string' ? MODES.findIndex((mode) => mode === value) : Number(value);

  const bus: SimulatedBus = {
    calls: [],
    forgotten: [],
    before: () => undefined,
    pump: known,
    source: {
      list: async (signal) => {
        await note(null, 'list', [], signal);
        return [...pumps.values()].filter(({ listed }) => listed).map(listing);
      },
      read: async (id, topics, signal) => {
        await note(id, topics.join(' '), topics, signal);
        const pump = known(id);
        const reports = pump.silent ? [] : topics.map((topic) => report(pump, topic));
        return { at: clock.now(), identity: pump.identity, topics: reports };
      },
      write: async (id, controlId, value, signal) => {
        await note(id, `write ${controlId}=${value}`, [], signal);
        const { takesMs, cells } = known(id);
        const cell = cellOf[controlId];
        if (cell === undefined) throw new ThermiaError('rejected', `No cell for ${controlId}`);
        if (takesMs === 0) cells.set(cell, numberOf(value));
        else if (takesMs !== null) clock.after(takesMs, () => cells.set(cell, numberOf(value)));
      },
      forget: (id) => bus.forgotten.push(id),
    },
  };

  const note = async (
    pumpId: string | null,
    what: string,
    topics: readonly Topic[],
    signal: AbortSignal,
  ): Promise<void> => {
    const call = { at: clock.now(), pumpId, what, topics };
    bus.calls.push(call);
    await bus.before(call, signal);
  };

  const listing = ({ id, online, lastOnline, alarms }: SimulatedPump): PumpListing => ({
    identity: { id, name: `Pump ${id}`, model: null, firmware: null, gatewayFirmware: null, timeZone: null },
    online,
    lastOnline,
    alarms,
  });

  return bus;
};
