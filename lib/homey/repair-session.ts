import * as z from 'zod';
import type { PumpListing } from '../thermia/source.js';
import { accountKey, type Lease } from './accounts.js';
import { described } from './logger.js';
import { answer, LoginData, type Session } from './pair-session.js';
import type { Services } from './services.js';
import { Sentence } from './texts.js';

/** A device as others see it that share its account. */
export interface Sharing {
  readonly pumpId: string;
  readonly keepsPassword: boolean;
  getName(): string;
}

/** The device that is repaired. */
export interface Repairable extends Sharing {
  readonly accountKey: string;
  /** Uses another account from now on, and shows what that account does with its password. */
  moveTo(key: string, keepsPassword: boolean): Promise<void>;
  /** Reads everything, as its account works again. */
  refresh(): Promise<void>;
}

const TokenData = z.object({ token: z.string() });

const has = (pumps: readonly PumpListing[], { pumpId }: Sharing): boolean =>
  pumps.some(({ identity }) => identity.id === pumpId);

/** Of those who would use these pumps' account from now on: who has a pump now and would lose it. */
export const whoWouldLose = <T extends Sharing>(
  pumps: readonly PumpListing[],
  sharing: readonly T[],
  isGone: (pumpId: string) => boolean,
): T | null => sharing.find((device) => !has(pumps, device) && !isGone(device.pumpId)) ?? null;

/**
 * Signs in again, by password or with a pasted token. The device, its Flows and its Insights stay. `sharing`: the devices
 * of an account.
 */
export const handleRepair = (
  session: Session,
  services: Services,
  device: Repairable,
  sharing: (key: string) => readonly Sharing[],
): void => {
  const { texts, accounts } = services;
  const wrongAccount = (): Sentence => new Sentence(texts.say('repair.other_account'));

  const readAgain = (): void => {
    device
      .refresh()
      .catch((error: unknown) =>
        services.logger.warn('Not read after the repair', { error: described(error) }),
      );
  };

  /** Tries something with an account; one that nobody uses afterwards is forgotten. */
  const using = async (key: string, act: (lease: Lease) => Promise<void>): Promise<void> => {
    const lease = await accounts.lease(key);
    try {
      await act(lease);
    } finally {
      await lease.release({ forget: key !== device.accountKey });
    }
  };

  answer(session, 'login', texts, async (data) => {
    const credentials = LoginData.parse(data);
    const key = accountKey(credentials.username);
    // What those who use the account already were told about its password holds for whoever joins them.
    const keepPassword = (sharing(key)[0] ?? device).keepsPassword;
    await using(key, async (lease) => {
      await lease.online.signIn(credentials, { keepPassword });
      if (key === device.accountKey) return;
      if (!has(await lease.account.list(), device)) throw wrongAccount();
      await device.moveTo(key, keepPassword);
    });
    readAgain();
    return true;
  });

  /** A token does not tell whose it is: its pumps have to. */
  const accept =
    ({ account }: Lease) =>
    (pumps: readonly PumpListing[]): void => {
      if (!has(pumps, device)) throw wrongAccount();
      const isGone = (pumpId: string): boolean => {
        const availability = account.availability(pumpId);
        return availability.state === 'unavailable' && availability.reason === 'pump_gone';
      };
      const loser = whoWouldLose(pumps, sharing(device.accountKey), isGone);
      if (loser !== null) throw new Sentence(texts.say('repair.other_pumps', { name: loser.getName() }));
    };

  answer(session, 'token', texts, async (data) => {
    const { token } = TokenData.parse(data);
    await using(device.accountKey, (lease) => lease.online.signInWithToken(token.trim(), accept(lease)));
    readAgain();
    return true;
  });
};
