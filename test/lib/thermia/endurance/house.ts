import {
  DAILY_REQUESTS,
  type Availability,
  type ErrorKind,
  type WriteOutcome,
} from '../../../../lib/thermia/index.js';
import { builtInPumps, type Fault } from '../../../../sandbox/thermia-online/index.js';
import { startVirtualCloud, type VirtualCloud } from '../../../support/virtual-cloud.js';

export { DAILY_REQUESTS };
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Two pumps of two families in one account, and what became of them. */
export interface House {
  readonly cloud: VirtualCloud;
  readonly ids: readonly string[];
  readonly wishes: Wish[];
  /** Told by the account, as `pump state reason`. */
  readonly availability: { readonly at: number; readonly id: string; readonly text: string }[];
  readonly pauses: (ErrorKind | null)[];
  /** Ages of what the pumps were doing, looked at each minute; milliseconds. */
  readonly ages: number[];
  /** Wishes the opposite, or the next value, of what the pump itself stands at. */
  wish(): void;
  /** Minutes pass; every `everyMinutes` somebody wants something of a pump. */
  live(minutes: number, everyMinutes?: number): Promise<void>;
  /** What is not as the pump itself has it, or is not current. */
  differences(): readonly string[];
}

interface Wish {
  readonly pumpId: string;
  readonly controlId: string;
  readonly value: boolean | number;
  readonly at: number;
  outcome: WriteOutcome | null;
  /** What the pump itself stood at when the outcome was told. */
  found: unknown;
}

type Control = 'hot_water' | 'heating_target' | 'reduced_heating_target';

const WISHES: readonly (readonly [pump: 0 | 1, control: Control])[] = [
  [0, 'hot_water'],
  [1, 'heating_target'],
  [0, 'heating_target'],
  [1, 'reduced_heating_target'],
];

export const startHouse = async (
  options: Parameters<typeof startVirtualCloud>[0] & { readonly keepPassword?: boolean } = {},
): Promise<House> => {
  const { keepPassword = true, ...rest } = options;
  const cloud = await startVirtualCloud({
    pumps: builtInPumps.slice(0, 2),
    session: { refreshReuse: 'strict', absoluteLifeMs: DAY },
    ...rest,
  });
  const { account } = cloud.thermia;
  await cloud.signIn(keepPassword);
  const ids = (await cloud.finish(account.list())).map(({ identity }) => identity.id);

  const atThePump = (id: string, control: Control): boolean | number => {
    const { control: simulator } = cloud.sim;
    if (control === 'hot_water') return simulator.getRegister(Number(id), 'REG_HOT_WATER_STATUS') === 1;
    const { status } = simulator.pump(Number(id));
    return Number(status[control === 'heating_target' ? 'heatingEffect' : 'reducedHeatingEffect']);
  };

  const house: House = {
    cloud,
    ids,
    wishes: [],
    availability: [],
    pauses: [],
    ages: [],
    wish: () => {
      const [index, control] = WISHES[house.wishes.length % WISHES.length] ?? [0, 'hot_water'];
      const pumpId = ids[index] ?? '';
      const present = atThePump(pumpId, control);
      const value = typeof present === 'boolean' ? !present : present >= 22 ? 18 : present + 1;
      const wish: Wish = {
        pumpId,
        controlId: control,
        value,
        at: cloud.clock.now(),
        outcome: null,
        found: null,
      };
      house.wishes.push(wish);
      void account.write(pumpId, control, value).settled.then((outcome) => {
        wish.outcome = outcome;
        wish.found = atThePump(pumpId, control);
      });
    },
    live: async (minutes, everyMinutes = Infinity) => {
      for (let minute = 1; minute <= minutes; minute += 1) {
        await cloud.advance(MINUTE);
        for (const id of ids) {
          const at = account.snapshot(id)?.readings.activity?.at;
          house.ages.push(at === undefined ? Infinity : cloud.clock.now() - at);
        }
        if (minute % everyMinutes === 0) house.wish();
      }
    },
    differences: () =>
      ids.flatMap((id) => {
        const snapshot = account.snapshot(id);
        const old = Object.entries(snapshot?.readings ?? {})
          .filter(([, { freshness }]) => freshness !== 'current')
          .map(([reading]) => `${id} ${reading} is stale`);
        const wrong = WISHES.filter(([index]) => ids[index] === id).flatMap(([, control]) => {
          const shown = snapshot?.controls.get(control)?.value;
          const real = atThePump(id, control);
          return shown === real ? [] : [`${id} ${control} is ${real} and shown as ${shown}`];
        });
        return [...old, ...wrong];
      }),
  };
  const textOf = (availability: Availability): string =>
    [availability.state, 'reason' in availability ? availability.reason : '']
      .filter((each) => each !== '')
      .join(' ');
  account.on('availability', (id, availability) =>
    house.availability.push({ at: cloud.clock.now(), id, text: textOf(availability) }),
  );
  account.on('paused', (reason) => house.pauses.push(reason));
  for (const id of ids) account.watch(id);
  await cloud.advance(10 * SECOND);
  return house;
};

/** Each request is hit with a chance of one in twenty. */
const SHARE = 0.05;
const spread = (faults: readonly Fault[]): readonly Fault[] =>
  faults.map((fault) => ({ ...fault, probability: SHARE / faults.length }));

const BEFORE: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, retryAfterS: 20 },
  { kind: 'status', status: 429, retryAfterS: 70, retryAfterForm: 'date' },
  { kind: 'html' },
  { kind: 'reset' },
  { kind: 'slow', delayMs: 8 * SECOND },
];

/** All there is at the API; at the sign-in only what comes before a request takes effect. */
export const randomFaults = (): readonly Fault[] => [
  ...spread([...BEFORE, { kind: 'truncated' }, { kind: 'slow', delayMs: 25 * SECOND }]).map((fault) => ({
    ...fault,
    match: '/api/',
  })),
  ...['authorize', 'self_asserted', 'confirmed', 'token'].flatMap((match) =>
    spread(BEFORE).map((fault) => ({ ...fault, match })),
  ),
];

/** Requests that were hit so far. */
export const hitsOf = ({ cloud }: House): number =>
  cloud.sim.control.faults().reduce((sum, { hits }) => sum + hits, 0);

export const logged = ({ cloud }: House, message: string): number =>
  cloud.log.filter((line) => line.message === message).length;

export const medianOf = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
