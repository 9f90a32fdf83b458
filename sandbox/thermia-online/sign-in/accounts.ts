import type { SessionPolicy } from './policy.js';

export interface AccountOptions {
  readonly username: string;
  readonly password: string;
  /** Pumps of this account; all when absent. */
  readonly pumpIds?: readonly number[] | undefined;
}

type PasswordResult = 'ok' | 'wrong' | 'locked';

export interface Accounts {
  check(username: string, password: string): PasswordResult;
  /** Null: every pump. */
  pumpIds(username: string): readonly number[] | null;
  changePassword(username: string, password: string): boolean;
  lock(username: string, forMs: number): boolean;
  unlock(username: string): void;
}

interface Account {
  readonly username: string;
  password: string;
  readonly pumpIds: readonly number[] | null;
  wrong: number;
  lockedUntil: number;
}

export const createAccounts = (
  list: readonly AccountOptions[],
  policy: () => SessionPolicy,
  now: () => number,
): Accounts => {
  const accounts = list.map<Account>(({ username, password, pumpIds }) => ({
    username,
    password,
    pumpIds: pumpIds ?? null,
    wrong: 0,
    lockedUntil: 0,
  }));
  const find = (username: string): Account | undefined =>
    accounts.find((account) => account.username.toLowerCase() === username.trim().toLowerCase());
  return {
    check: (username, password) => {
      const account = find(username);
      if (account === undefined) return 'wrong';
      if (account.lockedUntil > now()) return 'locked';
      if (account.password === password) {
        account.wrong = 0;
        return 'ok';
      }
      account.wrong += 1;
      if (account.wrong < policy().lockAfter) return 'wrong';
      account.wrong = 0;
      account.lockedUntil = now() + policy().lockForMs;
      return 'locked';
    },
    pumpIds: (username) => find(username)?.pumpIds ?? null,
    changePassword: (username, password) => {
      const account = find(username);
      if (account !== undefined) account.password = password;
      return account !== undefined;
    },
    lock: (username, forMs) => {
      const account = find(username);
      if (account !== undefined) account.lockedUntil = now() + forMs;
      return account !== undefined;
    },
    unlock: (username) => {
      const account = find(username);
      if (account !== undefined) account.lockedUntil = 0;
    },
  };
};
