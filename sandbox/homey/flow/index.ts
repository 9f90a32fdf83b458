import type { AppHost } from '../app/host.js';
import type { DeviceRegistry } from '../devices/registry.js';
import type { SdkCalls } from '../devices/sdk-calls.js';
import type { CapabilityValues } from '../devices/values.js';
import type { Managers } from '../dispatch.js';
import type { Host } from '../host.js';
import type { Logic } from '../logic.js';
import { flowManager } from '../managers/flow.js';
import type { Notifications } from '../notifications.js';
import { createCards, type Cards } from './cards.js';
import { createFlowEngine, type FlowEngine } from './engine.js';
import type { Flow } from './flow.js';
import { createHomeyCards } from './homey-cards.js';
import { createCardRunner, type CardRunner } from './runner.js';
import { fireOnClock, fireOnValues, fireOnVariables, triggerCalls } from './sources.js';
import { createFlowTokens } from './tokens.js';

/** Flow, whole: cards, tags, Flows and what starts them. */
export interface FlowParts {
  readonly engine: FlowEngine;
  readonly managers: Managers;
  readonly calls: SdkCalls;
  /** The app's process has ended. */
  readonly appEnded: () => void;
  readonly close: () => void;
}

export const createFlowParts = (
  host: Host,
  app: Pick<AppHost, 'call' | 'tell'>,
  devices: DeviceRegistry,
  values: CapabilityValues,
  logic: Logic,
  notifications: Notifications,
): FlowParts => {
  const tokens = createFlowTokens(host, devices, logic);
  // Tells the cards of the app that a Flow which uses them came, went or changed.
  const tellApp = (flow: Flow): void => {
    for (const [kind, used] of [
      ['trigger', [flow.trigger]],
      ['condition', flow.conditions],
      ['action', flow.actions],
    ] as const) {
      for (const { id } of used) {
        const card = cards.all(kind).find((candidate) => candidate.id === id);
        if (card?.source.by === 'app') app.tell('flow.updated', { kind, cardId: card.source.cardId });
      }
    }
  };
  const engine: FlowEngine = createFlowEngine(
    host,
    devices,
    () => cards,
    () => runner,
    tellApp,
  );
  const cards: Cards = createCards(
    host,
    devices,
    createHomeyCards({
      host,
      logic,
      notifications,
      flows: engine.all,
      startFlow: (id) => void engine.start(engine.get(id).id),
    }),
  );
  const runner: CardRunner = createCardRunner(host, app, devices, values, cards, tokens);
  fireOnValues(host, devices, values, engine);
  fireOnVariables(logic, engine);
  const stopClock = fireOnClock(host, engine);
  return {
    engine,
    managers: { flow: flowManager(host, cards, runner, engine), flowtoken: tokens.manager },
    calls: { ...triggerCalls(host, devices, cards, engine), ...tokens.calls },
    appEnded: tokens.forgetOwn,
    close: () => {
      stopClock();
      engine.close();
    },
  };
};
