import { randomUUID } from 'node:crypto';
import { record, text, type ManagerOperations } from './dispatch.js';
import { badRequest, notFound } from './errors.js';
import type { Host } from './host.js';
import { valuesOf, type VariableRecord } from './store.js';

/** The variables of a Homey's logic. */
export interface Logic {
  readonly all: () => readonly VariableRecord[];
  readonly get: (id: string) => VariableRecord;
  readonly set: (id: string, value: unknown) => VariableRecord;
  readonly onChange: (listener: (variable: VariableRecord) => void) => void;
  readonly manager: ManagerOperations;
}

const FIELDS = new Set(['id', 'name', 'type', 'value']);

export const createLogic = ({ store, realtime }: Host): Logic => {
  const listeners: ((variable: VariableRecord) => void)[] = [];
  const get = (id: string): VariableRecord => {
    const variable = store.variables.get(id);
    if (variable === undefined) throw notFound('Variable', id);
    return variable;
  };
  const check = (
    name: unknown,
    type: unknown,
    value: unknown,
  ): Pick<VariableRecord, 'name' | 'type' | 'value'> => {
    if (typeof name !== 'string' || name === '') throw badRequest('Missing Variable Name');
    if (type !== 'string' && type !== 'number' && type !== 'boolean') {
      throw badRequest(`Invalid Variable Type: ${String(type)}`);
    }
    if (typeof value !== type || (typeof value === 'number' && !Number.isFinite(value))) {
      throw badRequest(`Invalid Variable Value. Expected: ${type}. Got: ${typeof value}`);
    }
    return { name, type, value: value as VariableRecord['value'] };
  };
  const wishOf = (args: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const wish = record(args, 'variable');
    const unknown = Object.keys(wish).find((key) => !FIELDS.has(key));
    if (unknown !== undefined) throw badRequest(`A variable has no ${unknown}`);
    return wish;
  };
  const keep = (variable: VariableRecord, event: 'create' | 'update'): VariableRecord => {
    const before = store.variables.get(variable.id);
    store.variables.putSync(variable.id, variable);
    realtime.emit('homey:manager:logic', `variable.${event}`, variable);
    if (before !== undefined && before.value !== variable.value) {
      for (const listener of listeners) listener(variable);
    }
    return variable;
  };
  const set = (id: string, value: unknown): VariableRecord => {
    const { name, type } = get(id);
    return keep({ id, ...check(name, type, value) }, 'update');
  };
  return {
    all: () => valuesOf(store.variables),
    get,
    set,
    onChange: (listener) => void listeners.push(listener),
    manager: {
      getVariables: () =>
        Object.fromEntries(valuesOf(store.variables).map((variable) => [variable.id, variable])),
      getVariable: (args) => get(text(args, 'id')),
      createVariable: (args) => {
        const { name, type, value } = wishOf(args);
        return keep({ id: randomUUID(), ...check(name, type, value) }, 'create');
      },
      updateVariable: (args) => {
        const before = get(text(args, 'id'));
        const { name = before.name, value = before.value, type = before.type } = wishOf(args);
        if (type !== before.type) throw badRequest('The type of a variable cannot change');
        return keep({ id: before.id, ...check(name, before.type, value) }, 'update');
      },
      deleteVariable: (args) => {
        const { id } = get(text(args, 'id'));
        store.variables.removeSync(id);
        realtime.emit('homey:manager:logic', 'variable.delete', { id });
      },
    },
  };
};
