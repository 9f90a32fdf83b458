import { readFileSync } from 'node:fs';
import type {
  Account,
  AccountEvents,
  Availability,
  Write,
  WriteOutcome,
} from '../../../lib/thermia/account/types.js';
import type { SessionState, ThermiaOnline } from '../../../lib/thermia/cloud/types.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import type { Logger } from '../../../lib/thermia/ports.js';
import type {
  Control,
  ControlValue,
  PumpSnapshot,
  Reading,
  ReadingId,
  Readings,
  ReadingValues,
} from '../../../lib/thermia/pump/model.js';
import { parseManifest, type Manifest } from '../../../lib/homey/manifest.js';
import type { CapabilityValue, DevicePort } from '../../../lib/homey/ports.js';
import { createTexts, type Tags, type Texts } from '../../../lib/homey/texts.js';

const json = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));

export const NOON = Date.UTC(2026, 0, 15, 12);
export const PUMP = '1234567';

export const manifest: Manifest = parseManifest(json('app.json'));

const lookUp = (tree: unknown, key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>(
      (node, part) => (typeof node === 'object' && node !== null ? Reflect.get(node, part) : undefined),
      tree,
    );

/** The app's real texts; a key that is missing makes the test fail. */
export const textsIn = (language: string): Texts => {
  const locale = json(`locales/${language}.json`);
  return createTexts(
    {
      translate(key: string, tags: Tags = {}) {
        const text = lookUp(locale, key);
        if (typeof text !== 'string') {
          if (key.startsWith('curve.')) return null;
          throw new Error(`No text for ${key}`);
        }
        return text.replaceAll(/__(\w+)__/g, (_, name: string) => String(tags[name] ?? `<${name}?>`));
      },
      language: () => language,
      timeZone: () => 'Europe/Stockholm',
    },
    manifest,
  );
};
export const texts = textsIn('en');

export const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Values = { readonly [K in ReadingId]?: ReadingValues[K] };

export const readings = (values: Values, at = NOON, freshness: 'current' | 'stale' = 'current'): Readings =>
  Object.fromEntries(
    Object.entries(values).map(([id, value]): [string, Reading<unknown>] => [
      id,
      { value, unit: id.startsWith('temperature.') ? '°C' : null, at, freshness },
    ]),
  );

const at = { at: NOON, freshness: 'current' } as const;
export const hotWater = (value: boolean): Control => ({ ...at, id: 'hot_water', kind: 'switch', value });
export const boost = (value: boolean): Control => ({ ...at, id: 'hot_water_boost', kind: 'switch', value });
export const target = (value: number | null, min = 15, max = 25, step = 1): Control => ({
  ...at,
  id: 'heating_target',
  kind: 'number',
  value,
  limits: { min, max, step },
  unit: '°C',
});
export const curve = (value: number): Control => ({
  ...at,
  id: 'curve.level',
  kind: 'number',
  value,
  limits: { min: 22, max: 56, step: 1 },
  unit: '°C',
});
export const mode = (value: string, ...options: readonly string[]): Control => ({
  ...at,
  id: 'operation_mode',
  kind: 'choice',
  value,
  options: options.map((one) => ({ value: one, warn: one !== 'auto' })),
});

export const snapshot = (
  values: Values,
  controls: readonly Control[] = [],
  rest: Partial<PumpSnapshot> = {},
): PumpSnapshot => ({
  identity: {
    id: PUMP,
    name: 'Cellar',
    model: 'Model X',
    firmware: '1.2',
    gatewayFirmware: null,
    timeZone: 'Europe/Stockholm',
  },
  online: true,
  lastOnline: NOON,
  readings: readings(values),
  controls: new Map(controls.map((control) => [control.id, control])),
  unknown: new Map(),
  ...rest,
});

/** A device that refuses what a Homey refuses. */
export class FakeDevice implements DevicePort {
  readonly calls: string[] = [];
  readonly values = new Map<string, CapabilityValue | null>();
  readonly options = new Map<string, object>();
  readonly store = new Map<string, unknown>();
  readonly settings = new Map<string, unknown>([
    ['interval', 3],
    ['expert', false],
    ['keep_password', true],
  ]);
  readonly listeners = new Map<string, (value: unknown) => Promise<void>>();
  readonly fails = new Set<string>();
  available: true | string = true;
  warning: string | null = null;
  seen = 0;
  #capabilities: string[];

  constructor(capabilities: readonly string[] = []) {
    this.#capabilities = [...capabilities];
  }

  #need(id: string): void {
    if (this.fails.has(id)) throw new Error(`${id} fails`);
    if (!this.#capabilities.includes(id)) throw new Error(`Invalid Capability: ${id}`);
  }
  getName = (): string => 'Cellar';
  getCapabilities = (): string[] => [...this.#capabilities];
  hasCapability = (id: string): boolean => this.#capabilities.includes(id);
  addCapability = async (id: string): Promise<void> => {
    await Promise.resolve();
    if (this.#capabilities.includes(id)) throw new Error('capability_already_exists');
    this.#capabilities.push(id);
    this.calls.push(`add ${id}`);
  };
  removeCapability = async (id: string): Promise<void> => {
    await Promise.resolve();
    this.#need(id);
    this.#capabilities = this.#capabilities.filter((one) => one !== id);
    this.values.delete(id);
    this.calls.push(`remove ${id}`);
  };
  getCapabilityValue = (id: string): unknown => this.values.get(id) ?? null;
  setCapabilityValue = async (id: string, value: CapabilityValue | null): Promise<void> => {
    await Promise.resolve();
    this.#need(id);
    this.values.set(id, value);
    this.calls.push(`set ${id} ${String(value)}`);
  };
  getCapabilityOptions = (id: string): unknown => {
    this.#need(id);
    return this.options.get(id) ?? {};
  };
  setCapabilityOptions = async (id: string, options: object): Promise<void> => {
    await Promise.resolve();
    this.#need(id);
    this.options.set(id, { ...this.options.get(id), ...options });
    this.calls.push(`options ${id}`);
  };
  registerCapabilityListener = (id: string, listener: (value: unknown) => Promise<void>): void => {
    this.#need(id);
    this.listeners.set(id, listener);
  };
  setAvailable = (): Promise<void> => {
    this.available = true;
    return Promise.resolve();
  };
  setUnavailable = (message: string): Promise<void> => {
    this.available = message;
    return Promise.resolve();
  };
  setWarning = (message: string): Promise<void> => {
    this.warning = message;
    return Promise.resolve();
  };
  unsetWarning = (): Promise<void> => {
    this.warning = null;
    return Promise.resolve();
  };
  getSetting = (key: string): unknown => this.settings.get(key) ?? null;
  setSettings = (settings: object): Promise<void> => {
    for (const [key, value] of Object.entries(settings)) this.settings.set(key, value);
    this.calls.push(`settings ${Object.keys(settings).join()}`);
    return Promise.resolve();
  };
  getStoreValue = (key: string): unknown => structuredClone(this.store.get(key) ?? null);
  setStoreValue = (key: string, value: unknown): Promise<void> => {
    this.store.set(key, structuredClone(value));
    this.calls.push(`store ${key}`);
    return Promise.resolve();
  };
  unsetStoreValue = (key: string): Promise<void> => {
    this.store.delete(key);
    return Promise.resolve();
  };
  setLastSeenAt = (): Promise<void> => {
    this.seen += 1;
    return Promise.resolve();
  };
}

const deferred = <T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
} => {
  let settle: [(value: T) => void, (error: Error) => void] | null = null;
  const promise = new Promise<T>((resolve, reject) => {
    settle = [resolve, reject];
  });
  return { promise, resolve: (value) => settle?.[0](value), reject: (error) => settle?.[1](error) };
};

export interface OpenWrite {
  readonly controlId: string;
  readonly value: ControlValue;
  accept(): void;
  refuse(error: ThermiaError): void;
  settle(outcome: WriteOutcome): void;
}

/** An account whose pump says what the test says. */
export class FakeAccount implements Account {
  readonly writes: OpenWrite[] = [];
  readonly intervals: number[] = [];
  watchers = 0;
  stopped = false;
  woken = 0;
  pumps: Awaited<ReturnType<Account['list']>> = [];
  answer: () => Promise<void> = () => Promise.resolve();
  #snapshot: PumpSnapshot | null = null;
  #availability: Availability = { state: 'starting' };
  readonly #listeners = new Set<{ event: string; run: (...args: never[]) => void }>();

  list = (): ReturnType<Account['list']> => Promise.resolve(this.pumps);
  watch = (): (() => void) => {
    this.watchers += 1;
    return () => {
      this.watchers -= 1;
    };
  };
  snapshot = (): PumpSnapshot | null => this.#snapshot;
  availability = (): Availability => this.#availability;
  write = (pumpId: string, controlId: string, value: ControlValue): Write => {
    const accepted = deferred<undefined>();
    const settled = deferred<WriteOutcome>();
    const settle = (outcome: WriteOutcome): void => {
      settled.resolve(outcome);
      this.emit('write', { pumpId, controlId, value, outcome });
    };
    this.writes.push({
      controlId,
      value,
      accept: () => accepted.resolve(undefined),
      refuse(error) {
        accepted.reject(error);
        settle({ state: 'failed', error });
      },
      settle,
    });
    return { pumpId, controlId, value, accepted: accepted.promise, settled: settled.promise };
  };
  refresh = (): Promise<void> => this.answer();
  setInterval = (minutes: number): void => void this.intervals.push(minutes);
  wake = (): void => void (this.woken += 1);
  paused = (): null => null;
  budget = (): { requests: Record<string, number>; total: number } => ({ requests: {}, total: 0 });
  errors = (): [] => [];
  on = <E extends keyof AccountEvents>(event: E, run: (...args: AccountEvents[E]) => void): (() => void) => {
    const entry = { event, run };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  };
  stop = (): Promise<void> => {
    this.stopped = true;
    return Promise.resolve();
  };

  emit<E extends keyof AccountEvents>(event: E, ...args: AccountEvents[E]): void {
    for (const { event: name, run } of [...this.#listeners]) {
      if (name === event) Reflect.apply(run, undefined, args);
    }
  }
  report(next: PumpSnapshot): void {
    this.#snapshot = next;
    this.emit('snapshot', next);
  }
  become(next: Availability): void {
    this.#availability = next;
    this.emit('availability', PUMP, next);
  }
  listeners = (): number => this.#listeners.size;
}

/** A sign-in that is what the test says. */
export class FakeOnline implements ThermiaOnline {
  readonly calls: string[] = [];
  refuse: ThermiaError | null = null;
  stopped = false;
  onSignIn: (credentials: { username: string; password: string }) => Promise<void> = () => Promise.resolve();
  #state: SessionState = { state: 'signed_out' };
  readonly #listeners = new Set<(state: SessionState) => void>();

  get source(): never {
    throw new Error('Not used');
  }
  signIn: ThermiaOnline['signIn'] = async (credentials, { keepPassword }) => {
    this.calls.push(`signIn keep=${String(keepPassword)}`);
    if (this.refuse !== null) throw this.refuse;
    if (keepPassword) await this.onSignIn(credentials);
    this.become({ state: 'signed_in' });
  };
  signInWithToken = async (token: string): Promise<void> => {
    await Promise.resolve();
    this.calls.push(`token ${token}`);
    if (this.refuse !== null) throw this.refuse;
    this.become({ state: 'signed_in' });
  };
  signOut = (): Promise<void> => {
    this.calls.push('signOut');
    this.become({ state: 'signed_out' });
    return Promise.resolve();
  };
  forgetPassword = (): Promise<void> => {
    this.calls.push('forgetPassword');
    return Promise.resolve();
  };
  session = (): SessionState => this.#state;
  chain = (): ReturnType<ThermiaOnline['chain']> => ({
    startedAt: NOON,
    endsAt: NOON + 86_400_000,
    kind: 'fixed',
  });
  onSession = (listener: (state: SessionState) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  stop = (): Promise<void> => {
    this.stopped = true;
    return Promise.resolve();
  };
  become(state: SessionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

export const lost = (): SessionState => ({
  state: 'sign_in_needed',
  reason: new ThermiaError('sign_in_needed', 'ended'),
  since: NOON,
});
