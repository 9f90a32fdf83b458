import type { Behaviour } from './behaviour.js';
import { noCounts, type Counters } from './counters.js';
import type { Fault, ListedFault } from './faults.js';
import type { JsonObject } from './json.js';
import type { SimulatedPump } from './pump.js';
import { buildRegister, groupId } from './pumps/build.js';
import { registerJson } from './registers.js';
import type { Service } from './service.js';
import type { SessionPolicy } from './sign-in/policy.js';

/** What a control was asked for does not exist. */
export class UnknownError extends Error {}

export interface PumpView {
  readonly id: number;
  readonly name: string | null;
  readonly online: boolean;
  readonly listed: boolean;
  readonly status: JsonObject;
  readonly activeAlarms: number;
  readonly registers: readonly {
    readonly group: string;
    readonly id: number | null;
    readonly name: string;
    readonly value: number | null;
    readonly held: boolean;
    readonly fields: JsonObject;
  }[];
}

/** The other side of the simulator: what a test or the sandbox's page does to it. Unknown names throw UnknownError. */
export interface Control {
  pumps(): readonly PumpView[];
  pump(pumpId: number): PumpView;
  getRegister(pumpId: number, name: string): number | null;
  /** As if turned on the pump itself: shows at once. A sensor keeps the value until it is released. */
  setRegister(pumpId: number, name: string, value: number | null): void;
  releaseRegister(pumpId: number, name: string): void;
  /** A register with this name and value in this group; `fields` replaces what a plain integer would have. */
  addRegister(pumpId: number, group: string, name: string, value: number | null, fields?: JsonObject): void;
  removeRegister(pumpId: number, name: string): void;
  removeGroup(pumpId: number, group: string): void;
  /** Brings back a removed register or group. */
  restore(pumpId: number, name: string): void;
  setOnline(pumpId: number, online: boolean): void;
  /** Takes a pump out of the account, or puts it back. */
  setListed(pumpId: number, listed: boolean): void;
  /** Severity `Critical`, `Error`, `Warning` or `Info`; the first two are alarms. Answers the event's number. */
  raiseAlarm(pumpId: number, title: string, severity?: string): number;
  clearAlarms(pumpId: number, eventId?: number): number;

  counters(): Counters;
  resetCounters(): void;

  revokeRefreshTokens(): number;
  expireAccessTokens(): void;
  changePassword(password: string, username?: string): void;
  demandConsent(needed: boolean): void;
  lockAccount(forMs?: number, username?: string): void;
  unlockAccount(username?: string): void;
  policy(): Readonly<SessionPolicy>;
  setPolicy(change: Partial<SessionPolicy>): void;

  behaviour(): Readonly<Behaviour>;
  setBehaviour(change: Partial<Behaviour>): void;

  addFault(fault: Fault): number;
  removeFault(id: number): void;
  clearFaults(): void;
  faults(): readonly ListedFault[];
}

export const createControl = (service: Service, defaultUser: string): Control => {
  const { accounts, behaviour, policy, tokens, faults, persist } = service;

  const find = (pumpId: number): SimulatedPump => {
    const pump = service.pumps.find(({ id }) => id === pumpId);
    if (pump === undefined) throw new UnknownError(`There is no pump ${pumpId}.`);
    return pump;
  };
  const must = (done: boolean, what: string): void => {
    if (!done) throw new UnknownError(`There is no ${what}.`);
  };

  const view = (pump: SimulatedPump): PumpView => {
    const { name } = pump.listItem();
    return {
      id: pump.id,
      name: typeof name === 'string' ? name : null,
      online: pump.isOnline(),
      listed: !service.unlisted.has(pump.id),
      status: pump.status(),
      activeAlarms: pump.events.counters().activeAlarms,
      registers: pump.registers().map((register) => ({
        group: register.group,
        id: register.id,
        name: register.name,
        value: register.value,
        held: register.held,
        fields: registerJson(register, pump.zone, null),
      })),
    };
  };

  return {
    pumps: () => service.pumps.map(view),
    pump: (pumpId) => view(find(pumpId)),
    getRegister: (pumpId, name) => {
      const register = find(pumpId)
        .registers()
        .find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (register === undefined) throw new UnknownError(`There is no register ${name}.`);
      return register.value;
    },
    setRegister: (pumpId, name, value) => must(find(pumpId).set(name, value), `register ${name}`),
    releaseRegister: (pumpId, name) => find(pumpId).release(name),
    addRegister: (pumpId, group, name, value, fields = {}) => {
      const pump = find(pumpId);
      const registers = pump.registers();
      const id = Math.max(90_000, ...registers.map((register) => register.id ?? 0)) + 1;
      const row = [id, id % 10_000, name, value, fields] as const;
      pump.addRegister(group, buildRegister(row, group, groupId(group, 0), registers.length));
    },
    removeRegister: (pumpId, name) => must(find(pumpId).removeRegister(name), `register ${name}`),
    removeGroup: (pumpId, group) => must(find(pumpId).removeGroup(group), `group ${group}`),
    restore: (pumpId, name) => must(find(pumpId).restore(name), `removed register or group ${name}`),
    setOnline: (pumpId, online) => find(pumpId).setOnline(online),
    setListed: (pumpId, listed) => {
      const { id } = find(pumpId);
      if (listed) service.unlisted.delete(id);
      else service.unlisted.add(id);
    },
    raiseAlarm: (pumpId, title, severity = 'Error') => find(pumpId).events.raise(title, severity),
    clearAlarms: (pumpId, eventId) => find(pumpId).events.clear(eventId),

    counters: () => structuredClone(service.counters),
    resetCounters: () => {
      Object.assign(service.counters, noCounts());
      persist();
    },

    revokeRefreshTokens: () => {
      const count = tokens.revokeRefreshTokens();
      persist();
      return count;
    },
    expireAccessTokens: () => {
      tokens.expireAccessTokens();
      persist();
    },
    changePassword: (password, username = defaultUser) =>
      must(accounts.changePassword(username, password), `account ${username}`),
    demandConsent: (needed) => {
      policy.consentNeeded = needed;
    },
    lockAccount: (forMs = policy.lockForMs, username = defaultUser) =>
      must(accounts.lock(username, forMs), `account ${username}`),
    unlockAccount: (username = defaultUser) => accounts.unlock(username),
    policy: () => policy,
    setPolicy: (change) => void Object.assign(policy, change),
    behaviour: () => behaviour,
    setBehaviour: (change) => void Object.assign(behaviour, change),

    addFault: (fault) => faults.add(fault),
    removeFault: (id) => must(faults.remove(id), `fault ${id}`),
    clearFaults: () => faults.clear(),
    faults: () => faults.list(),
  };
};
