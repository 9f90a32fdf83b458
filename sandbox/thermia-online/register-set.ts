import { textIn, type JsonObject } from './json.js';
import type { PumpData } from './pump-data.js';
import { liveRegister, type LiveRegister } from './registers.js';

/** The groups and registers of a pump. Firmware and installers add some and take some away. */
export interface RegisterSet {
  readonly groups: () => readonly JsonObject[];
  readonly all: () => readonly LiveRegister[];
  /** In any case of letters. */
  readonly named: (name: string) => readonly LiveRegister[];
  readonly add: (group: string, fields: JsonObject) => void;
  readonly remove: (name: string) => boolean;
  readonly removeGroup: (name: string) => boolean;
  /** Brings back what was removed under this name, register or group. */
  readonly restore: (name: string) => boolean;
}

interface Removed {
  readonly name: string;
  readonly registers: readonly LiveRegister[];
  readonly group: JsonObject | null;
}

export const createRegisterSet = (data: Pick<PumpData, 'groups' | 'registers'>): RegisterSet => {
  let groups = data.groups;
  let registers: readonly LiveRegister[] = Object.entries(data.registers).flatMap(([group, list]) =>
    list.map((fields) => liveRegister(group, fields)),
  );
  let removed: readonly Removed[] = [];
  const named = (name: string): readonly LiveRegister[] =>
    registers.filter((register) => register.name.toLowerCase() === name.toLowerCase());
  const take = (name: string, gone: readonly LiveRegister[], group: JsonObject | null): void => {
    registers = registers.filter((register) => !gone.includes(register));
    removed = [...removed, { name, registers: gone, group }];
  };

  return {
    groups: () => groups,
    all: () => registers,
    named,
    add: (group, fields) => {
      if (!groups.some((one) => textIn(one, 'name') === group)) {
        groups = [...groups, { id: 200 + groups.length, parentId: null, name: group, visibility: 1 }];
      }
      registers = [...registers, liveRegister(group, fields)];
    },
    remove: (name) => {
      const gone = named(name);
      if (gone.length > 0) take(name, gone, null);
      return gone.length > 0;
    },
    removeGroup: (name) => {
      const group = groups.find((one) => textIn(one, 'name') === name);
      if (group === undefined) return false;
      groups = groups.filter((one) => one !== group);
      take(
        name,
        registers.filter((register) => register.group === name),
        group,
      );
      return true;
    },
    restore: (name) => {
      const back = removed.filter((one) => one.name.toLowerCase() === name.toLowerCase());
      removed = removed.filter((one) => !back.includes(one));
      for (const { registers: list, group } of back) {
        if (group !== null) groups = [...groups, group];
        registers = [...registers, ...list];
      }
      return back.length > 0;
    },
  };
};
