import { isRecord, type Args } from '../json.js';
import type { Device } from '../sdk/device.js';
import type { FlowSide } from '../sdk/flow.js';
import type { FlowCardSide } from '../sdk/flow-card.js';
import type { CardKind } from '../wire.js';
import type { Calls } from './calls.js';

const kindOf = (data: Args): CardKind => {
  const { kind } = data;
  if (kind === 'trigger' || kind === 'condition' || kind === 'action') return kind;
  throw new Error(`Invalid kind of Flow Card: ${String(kind)}`);
};

/** The run and autocomplete listeners of the app, called by the Homey. */
export const createFlowCalls = (flow: FlowSide, deviceOf: (id: string) => Device): Calls => {
  const card = (data: Args): FlowCardSide | null => flow.card(kindOf(data), String(data['cardId']));
  /** Puts the devices themselves where the Homey can only say which they are. */
  const argsOf = (data: Args): Record<string, unknown> => {
    const args = isRecord(data['args']) ? { ...data['args'] } : {};
    const devices = isRecord(data['devices']) ? data['devices'] : {};
    for (const [name, id] of Object.entries(devices)) args[name] = deviceOf(String(id));
    return args;
  };
  return {
    'flow.run': (data) => {
      const found = card(data);
      if (found === null) throw new Error(`Missing Run Listener: ${String(data['cardId'])}`);
      return found.run(argsOf(data), data['state'] ?? {});
    },
    'flow.matches': async (data) => (await card(data)?.matches(argsOf(data), data['state'] ?? {})) ?? true,
    'flow.autocomplete': (data) => {
      const found = card(data);
      const name = String(data['name']);
      if (found === null) {
        throw new Error(`Missing Autocomplete Listener: ${String(data['cardId'])}.${name}`);
      }
      return found.autocomplete(name, String(data['query']), argsOf(data));
    },
    'flow.updated': (data) => {
      card(data)?.card.emit('update');
    },
  };
};
