import { createHash } from 'node:crypto';
import type { Account } from '../thermia/account/types.js';
import type { SessionState, ThermiaOnline } from '../thermia/cloud/types.js';
import type { Logger } from '../thermia/ports.js';
import { createSharedCredentials, type SharedCredentials } from './credential-store.js';
import { isEpisode, signInHealth, stepEpisode } from './episodes.js';
import { described } from './logger.js';
import type { Settings } from './ports.js';
import type { Texts } from './texts.js';

export const SESSION_KEY = 'account.';
const EPISODE_KEY = 'episode.';
const DEFAULT_INTERVAL_MIN = 3;

/** Names an account without telling whose it is. */
export const accountKey = (username: string): string =>
  createHash('sha256').update(username.trim().toLowerCase()).digest('hex').slice(0, 12);

interface OpenAccount {
  readonly key: string;
  readonly online: ThermiaOnline;
  readonly account: Account;
  readonly credentials: SharedCredentials;
}

/** A device's or a pairing's share in an account. */
export interface Lease extends OpenAccount {
  /** Minutes between reads; the shortest wish of all devices counts. */
  setInterval(minutes: number): void;
  /** The last one to go closes the account; with `forget` its sign-in and everything learned are erased, too. */
  release(options: { readonly forget: boolean }): Promise<void>;
}

export interface Accounts {
  lease(key: string): Promise<Lease>;
  open(): readonly OpenAccount[];
  /** Erases what is left of accounts that nobody uses, given all keys of the app's settings. */
  sweep(settingKeys: readonly string[]): void;
  stop(): Promise<void>;
}

export interface AccountsDependencies {
  create(key: string, credentials: SharedCredentials): Pick<OpenAccount, 'online' | 'account'>;
  readonly settings: Settings;
  readonly texts: Texts;
  readonly logger: Logger;
  readonly now: () => number;
  /** Puts a line on the timeline. */
  notify(excerpt: string): Promise<void>;
}

interface Entry {
  readonly open: OpenAccount;
  readonly wishes: Map<symbol, number>;
  readonly endSession: () => void;
}

/** One Thermia Online session and one poll for each account, however many devices share it. */
export const createAccounts = (dependencies: AccountsDependencies): Accounts => {
  const { settings, texts, logger } = dependencies;
  const entries = new Map<string, Entry>();
  const closing = new Map<string, Promise<void>>();

  const applyInterval = ({ open, wishes }: Entry): void => {
    const shortest = Math.min(...wishes.values());
    open.account.setInterval(Number.isFinite(shortest) ? shortest : DEFAULT_INTERVAL_MIN);
  };

  const tell = (key: string, session: SessionState): void => {
    const stored = settings.get(EPISODE_KEY + key);
    const before = isEpisode(stored) ? stored : null;
    const { episode, edge } = stepEpisode(before, signInHealth(session), dependencies.now());
    if (episode !== before) settings.set(EPISODE_KEY + key, episode);
    if (edge === null) return;
    const excerpt =
      session.state === 'sign_in_needed'
        ? texts.say('notices.sign_in_needed', { reason: texts.error(session.reason) })
        : texts.say('notices.sign_in_restored');
    dependencies
      .notify(excerpt)
      .catch((error: unknown) => logger.warn('No timeline entry', { error: described(error) }));
  };

  const enter = (key: string): Entry => {
    const credentials = createSharedCredentials();
    const open: OpenAccount = { key, credentials, ...dependencies.create(key, credentials) };
    const endSession = open.online.onSession((session) => {
      tell(key, session);
      if (session.state === 'signed_in') open.account.wake();
    });
    const entry: Entry = { open, wishes: new Map(), endSession };
    entries.set(key, entry);
    tell(key, open.online.session());
    return entry;
  };

  const close = async ({ open, endSession }: Entry, forget: boolean): Promise<void> => {
    endSession();
    await open.account.stop();
    if (forget) {
      await open.online.signOut();
      settings.unset(EPISODE_KEY + open.key);
    }
    await open.online.stop();
  };

  const leave = async (key: string, entry: Entry, holder: symbol, forget: boolean): Promise<void> => {
    if (!entry.wishes.delete(holder) || entries.get(key) !== entry) return;
    if (entry.wishes.size > 0) {
      applyInterval(entry);
      return;
    }
    entries.delete(key);
    const done = close(entry, forget).finally(() => closing.delete(key));
    closing.set(key, done);
    await done;
  };

  return {
    async lease(key) {
      await closing.get(key);
      const entry = entries.get(key) ?? enter(key);
      const holder = Symbol(key);
      entry.wishes.set(holder, Infinity);
      return {
        ...entry.open,
        setInterval(minutes) {
          if (!entry.wishes.has(holder)) return;
          entry.wishes.set(holder, minutes);
          applyInterval(entry);
        },
        release: ({ forget }) => leave(key, entry, holder, forget),
      };
    },
    open: () => [...entries.values()].map(({ open }) => open),
    sweep(settingKeys) {
      for (const name of settingKeys) {
        const prefix = [SESSION_KEY, EPISODE_KEY].find((one) => name.startsWith(one));
        if (prefix !== undefined && !entries.has(name.slice(prefix.length))) settings.unset(name);
      }
    },
    async stop() {
      const all = [...entries.values()];
      entries.clear();
      await Promise.all([...closing.values(), ...all.map((entry) => close(entry, false))]);
    },
  };
};
