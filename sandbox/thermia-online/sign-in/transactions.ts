import { randomBytes } from 'node:crypto';
import { digest, jwe, noise, uuid } from './b2c.js';

/** One way through the login page, from authorize to the code. */
export interface Transaction {
  readonly tx: string;
  readonly csrf: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly challenge: string;
  readonly state: string | null;
  readonly startedAt: number;
  /** Name of the cookie that holds the request, and the values that must come back; renewed at each step. */
  readonly cacheName: string;
  cache: string;
  trans: string;
  /** Who has given the right password. */
  username: string | null;
}

interface CodeGrant {
  readonly username: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly challenge: string;
  readonly issuedAt: number;
  used: boolean;
}

export interface Transactions {
  begin(request: Pick<Transaction, 'redirectUri' | 'scope' | 'challenge' | 'state'>): Transaction;
  find(tx: string): Transaction | undefined;
  /** New values for the cookies of the next step. */
  renew(transaction: Transaction): void;
  /** Ends the transaction and gives a code out. */
  code(request: Pick<Transaction, 'redirectUri' | 'scope' | 'challenge'>, username: string): string;
  grant(code: string): CodeGrant | undefined;
  /** A browser that has signed in is known again by this cookie. */
  remember(username: string): string;
  remembered(cookie: string): string | undefined;
}

/** Holds `+`, `/` and `=`, so that a client that forgets to encode it is found out. */
const csrfToken = (): string =>
  Buffer.concat([Buffer.from([0xfb, 0xef, 0xff]), randomBytes(49)]).toString('base64');

export const createTransactions = (now: () => number, lifeMs: () => number): Transactions => {
  const open = new Map<string, Transaction>();
  const codes = new Map<string, CodeGrant>();
  const browsers = new Map<string, string>();
  return {
    begin: (request) => {
      for (const [tx, { startedAt }] of open) if (startedAt + lifeMs() < now()) open.delete(tx);
      const id = uuid();
      const transaction: Transaction = {
        ...request,
        tx: `StateProperties=${Buffer.from(JSON.stringify({ TID: id })).toString('base64')}`,
        csrf: csrfToken(),
        startedAt: now(),
        cacheName: `x-ms-cpim-cache|${noise(12)}_0`,
        cache: noise(120),
        trans: noise(80),
        username: null,
      };
      open.set(transaction.tx, transaction);
      return transaction;
    },
    find: (tx) => {
      const transaction = open.get(tx);
      return transaction !== undefined && transaction.startedAt + lifeMs() >= now() ? transaction : undefined;
    },
    renew: (transaction) => {
      transaction.cache = noise(120);
      transaction.trans = noise(80);
    },
    code: ({ redirectUri, scope, challenge }, username) => {
      const code = jwe(700);
      codes.set(digest(code), { username, redirectUri, scope, challenge, issuedAt: now(), used: false });
      for (const [tx, one] of open) if (one.challenge === challenge) open.delete(tx);
      return code;
    },
    grant: (code) => codes.get(digest(code)),
    remember: (username) => {
      const cookie = noise(60);
      browsers.set(cookie, username);
      return cookie;
    },
    remembered: (cookie) => browsers.get(cookie),
  };
};
