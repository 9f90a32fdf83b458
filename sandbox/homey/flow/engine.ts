import { randomUUID } from 'node:crypto';
import type { DeviceRegistry } from '../devices/registry.js';
import { badRequest, messageOf, notFound } from '../errors.js';
import { isoNow, type Host } from '../host.js';
import { jsonCopy, isJsonObject } from '../json.js';
import { valuesOf } from '../store.js';
import { checkArguments } from './arguments.js';
import type { Card, Cards } from './cards.js';
import { inMilliseconds, isTriggerable, parseFlow, type Flow, type UsedCard } from './flow.js';
import type { CardRunner } from './runner.js';

export interface FlowRun {
  readonly at: string;
  readonly flowId: string;
  readonly name: string;
  readonly outcome: 'done' | 'conditions not met' | 'failed';
  readonly errors: readonly string[];
}

/** A trigger that fired, whether or not a Flow waits for it. */
export interface FiredTrigger {
  readonly at: string;
  readonly id: string;
  readonly tokens: Readonly<Record<string, unknown>>;
}

export interface FlowEngine {
  readonly all: () => readonly Flow[];
  readonly get: (id: string) => Flow;
  readonly present: (flow: Flow) => Record<string, unknown>;
  readonly create: (wish: Readonly<Record<string, unknown>>) => Flow;
  readonly update: (id: string, wish: Readonly<Record<string, unknown>>) => Flow;
  readonly remove: (id: string) => void;
  /** Something happened: starts every Flow that waits for it. Does not wait for them. */
  readonly fire: (triggerId: string, tokens: Readonly<Record<string, unknown>>, state: unknown) => void;
  /** Starts one Flow without its trigger; throws where that cannot be. */
  readonly start: (id: string) => Promise<FlowRun>;
  readonly runs: () => readonly FlowRun[];
  readonly onRun: (listener: (run: FlowRun) => void) => () => void;
  readonly onFired: (listener: (fired: FiredTrigger) => void) => () => void;
  readonly close: () => void;
}

const KEPT_RUNS = 200;

export const createFlowEngine = (
  host: Host,
  devices: DeviceRegistry,
  cards: () => Cards,
  runner: () => CardRunner,
  onChange: (flow: Flow) => void,
): FlowEngine => {
  const { store, realtime, clock } = host;
  const waits = new Set<() => void>();
  const listeners = new Set<(run: FlowRun) => void>();
  const watchers = new Set<(fired: FiredTrigger) => void>();
  let runs: FlowRun[] = [];
  const isDevice = (id: string): boolean => devices.all().some((device) => device.id === id);

  const read = (kept: Readonly<Record<string, unknown>>): Flow => parseFlow(String(kept['id']), kept);
  const all = (): Flow[] => valuesOf(store.flows).map(read);
  const get = (id: string): Flow => {
    const kept = store.flows.get(id);
    if (kept === undefined) throw notFound('Flow', id);
    return read(kept);
  };
  const present = (flow: Flow): Record<string, unknown> => ({ ...flow, triggerable: isTriggerable(flow) });

  const keep = (flow: Flow, event: 'create' | 'update'): Flow => {
    for (const [kind, used] of [
      ['trigger', [flow.trigger]],
      ['condition', flow.conditions],
      ['action', flow.actions],
    ] as const) {
      for (const { id, args } of used) checkArguments(cards().get(kind, id), args, isDevice);
    }
    const copy = jsonCopy(flow);
    if (!isJsonObject(copy)) throw badRequest('Invalid Flow');
    store.flows.putSync(flow.id, copy);
    realtime.emit('homey:manager:flow', `flow.${event}`, present(flow));
    onChange(flow);
    return flow;
  };

  const sleep = (ms: number): Promise<void> =>
    ms === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          const cancel = clock.after(ms, () => {
            waits.delete(cancel);
            resolve();
          });
          waits.add(cancel);
        });

  const conditionsMet = async (
    conditions: readonly UsedCard[],
    tokens: Readonly<Record<string, unknown>>,
  ): Promise<boolean> => {
    const groups = new Map<string, UsedCard[]>();
    for (const condition of conditions) {
      const group = condition.group ?? 'group1';
      groups.set(group, [...(groups.get(group) ?? []), condition]);
    }
    if (groups.size === 0) return true;
    for (const group of groups.values()) {
      let isMet = true;
      for (const { id, args, droptoken, inverted } of group) {
        const answer = await runner().condition(id, { args, tokens, droptoken: droptoken ?? null });
        if (answer === (inverted ?? false)) {
          isMet = false;
          break;
        }
      }
      if (isMet) return true;
    }
    return false;
  };

  const note = (flow: Flow, outcome: FlowRun['outcome'], errors: readonly string[]): FlowRun => {
    const run: FlowRun = { at: isoNow(host), flowId: flow.id, name: flow.name, outcome, errors };
    runs = [...runs.slice(-(KEPT_RUNS - 1)), run];
    for (const listener of listeners) listener(run);
    return run;
  };

  const run = async (flow: Flow, tokens: Readonly<Record<string, unknown>>): Promise<FlowRun> => {
    let isMet: boolean;
    try {
      isMet = await conditionsMet(flow.conditions, tokens);
    } catch (error) {
      return note(flow, 'failed', [messageOf(error)]);
    }
    const wanted = flow.actions.filter(({ group = 'then' }) => group === (isMet ? 'then' : 'else'));
    // The cards of a column start at the same time; one that fails does not stop the others.
    const outcomes = await Promise.allSettled(
      wanted.map(async ({ id, args, droptoken, delay, duration }) => {
        await sleep(inMilliseconds(delay));
        const ms = inMilliseconds(duration);
        await runner().action(id, {
          args,
          tokens,
          droptoken: droptoken ?? null,
          ...(ms === 0 ? {} : { duration: ms }),
        });
      }),
    );
    const errors = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [messageOf(outcome.reason)] : [],
    );
    if (errors.length > 0) return note(flow, 'failed', errors);
    return note(flow, isMet ? 'done' : 'conditions not met', []);
  };

  const runIfMatching = async (
    flow: Flow,
    card: Card,
    tokens: Readonly<Record<string, unknown>>,
    state: unknown,
  ): Promise<void> => {
    try {
      if (!(await runner().matches(card, flow.trigger.args, state))) return;
    } catch (error) {
      note(flow, 'failed', [messageOf(error)]);
      return;
    }
    await run(flow, tokens);
  };

  return {
    all,
    get,
    present,
    create: (wish) => keep(parseFlow(randomUUID(), wish), 'create'),
    update: (id, wish) => keep(parseFlow(id, { ...get(id), ...wish }), 'update'),
    remove: (id) => {
      const flow = get(id);
      store.flows.removeSync(id);
      realtime.emit('homey:manager:flow', 'flow.delete', { id });
      onChange(flow);
    },
    fire: (triggerId, tokens, state) => {
      for (const watcher of watchers) watcher({ at: isoNow(host), id: triggerId, tokens });
      const waiting = all().filter(({ enabled, trigger }) => enabled && trigger.id === triggerId);
      if (waiting.length === 0) return;
      const card = cards().get('trigger', triggerId);
      for (const flow of waiting) void runIfMatching(flow, card, tokens, state);
    },
    start: (id) => {
      const flow = get(id);
      if (!isTriggerable(flow)) throw badRequest('Flow is not triggerable');
      return run(flow, {});
    },
    runs: () => runs,
    onRun: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onFired: (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    close: () => {
      for (const cancel of waits) cancel();
      waits.clear();
    },
  };
};
