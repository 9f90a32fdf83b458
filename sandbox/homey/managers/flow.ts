import { randomUUID } from 'node:crypto';
import { optionalRecord, record, text, type ManagerOperations } from '../dispatch.js';
import { badRequest, notFound } from '../errors.js';
import type { Cards } from '../flow/cards.js';
import type { CardKind } from '../wire.js';
import type { FlowEngine } from '../flow/engine.js';
import type { CardRun, CardRunner } from '../flow/runner.js';
import type { Host } from '../host.js';
import { isRecord, type Args, type JsonObject } from '../json.js';

const KINDS: Readonly<Record<string, CardKind>> = {
  flowcardtrigger: 'trigger',
  flowcardcondition: 'condition',
  flowcardaction: 'action',
};

const runOf = (args: Args): CardRun => {
  const { droptoken, duration } = args;
  return {
    args: optionalRecord(args, 'args'),
    tokens: optionalRecord(args, 'tokens'),
    state: optionalRecord(args, 'state'),
    droptoken: typeof droptoken === 'string' ? droptoken : null,
    duration,
  };
};

const folders = ({ store, realtime }: Host): ManagerOperations => {
  const get = (id: string): JsonObject => {
    const folder = store.flowFolders.get(id);
    if (folder === undefined) throw notFound('FlowFolder', id);
    return folder;
  };
  const keep = (id: string, wish: Args, event: 'create' | 'update'): JsonObject => {
    const { name, parent = null } = wish;
    if (typeof name !== 'string' || name === '') throw badRequest('Missing FlowFolder Name');
    if (parent !== null && typeof parent !== 'string') throw badRequest('Invalid FlowFolder Parent');
    if (parent !== null) get(parent);
    const folder = { id, name, parent };
    store.flowFolders.putSync(id, folder);
    realtime.emit('homey:manager:flow', `flowfolder.${event}`, folder);
    return folder;
  };
  return {
    getFlowFolders: () =>
      Object.fromEntries([...store.flowFolders.getRange()].map(({ key, value }) => [key, value])),
    getFlowFolder: (args) => get(text(args, 'id')),
    createFlowFolder: (args) => keep(randomUUID(), record(args, 'flowfolder'), 'create'),
    updateFlowFolder: (args) => {
      const id = text(args, 'id');
      return keep(id, { ...get(id), ...record(args, 'flowfolder') }, 'update');
    },
    deleteFlowFolder: (args) => {
      const id = text(args, 'id');
      get(id);
      store.flowFolders.removeSync(id);
      realtime.emit('homey:manager:flow', 'flowfolder.delete', { id });
    },
  };
};

export const flowManager = (
  host: Host,
  cards: Cards,
  runner: CardRunner,
  engine: FlowEngine,
): ManagerOperations => {
  const list = (kind: CardKind) => () => cards.all(kind).map(cards.present);
  const one = (kind: CardKind) => (args: Args) => cards.present(cards.get(kind, text(args, 'id')));
  return {
    getFlowCardTriggers: list('trigger'),
    getFlowCardConditions: list('condition'),
    getFlowCardActions: list('action'),
    getFlowCardTrigger: one('trigger'),
    getFlowCardCondition: one('condition'),
    getFlowCardAction: one('action'),
    runFlowCardAction: async (args) => runner.action(text(args, 'id'), runOf(args)),
    runFlowCardCondition: async (args) => ({
      result: await runner.condition(text(args, 'id'), runOf(args)),
    }),
    getFlowCardAutocomplete: (args) => {
      const kind = KINDS[text(args, 'type')];
      if (kind === undefined) throw badRequest(`Invalid Flow Card Type: ${text(args, 'type')}`);
      const given = args['args'];
      return runner.autocomplete(
        kind,
        text(args, 'id'),
        text(args, 'name'),
        text(args, 'query'),
        isRecord(given) ? given : {},
      );
    },
    getFlows: () => Object.fromEntries(engine.all().map((flow) => [flow.id, engine.present(flow)])),
    getFlow: (args) => engine.present(engine.get(text(args, 'id'))),
    createFlow: (args) => engine.present(engine.create(record(args, 'flow'))),
    updateFlow: (args) => engine.present(engine.update(text(args, 'id'), record(args, 'flow'))),
    deleteFlow: (args) => engine.remove(text(args, 'id')),
    triggerFlow: async (args) => {
      await engine.start(text(args, 'id'));
    },
    getAdvancedFlows: () => ({}),
    getAdvancedFlow: (args) => {
      throw notFound('AdvancedFlow', text(args, 'id'));
    },
    ...folders(host),
  };
};
