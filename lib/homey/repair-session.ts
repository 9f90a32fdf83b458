import * as z from 'zod';
import { accountKey, type Lease } from './accounts.js';
import { described } from './logger.js';
import { answer, LoginData, type Session } from './pair-session.js';
import type { Services } from './services.js';
import { Sentence } from './texts.js';

/** The device that is repaired. */
export interface Repairable {
  readonly pumpId: string;
  readonly accountKey: string;
  readonly keepsPassword: boolean;
  /** Uses another account from now on. */
  moveTo(key: string): Promise<void>;
  /** Reads everything, as its account works again. */
  refresh(): Promise<void>;
}

const TokenData = z.object({ token: z.string() });

/** Signs in again, by password or with a pasted token. The device, its Flows and its Insights stay. */
export const handleRepair = (session: Session, services: Services, device: Repairable): void => {
  const { texts, accounts } = services;
  const wrongAccount = (): Sentence => new Sentence(texts.say('repair.other_account'));

  const hasPump = async (lease: Lease): Promise<boolean> =>
    (await lease.account.list()).some(({ identity }) => identity.id === device.pumpId);

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
    await using(key, async (lease) => {
      await lease.online.signIn(credentials, { keepPassword: device.keepsPassword });
      if (key === device.accountKey) return;
      if (!(await hasPump(lease))) throw wrongAccount();
      await device.moveTo(key);
    });
    readAgain();
    return true;
  });

  answer(session, 'token', texts, async (data) => {
    const { token } = TokenData.parse(data);
    await using(device.accountKey, async (lease) => {
      await lease.online.signInWithToken(token.trim());
      if (!(await hasPump(lease))) throw wrongAccount();
    });
    readAgain();
    return true;
  });
};
