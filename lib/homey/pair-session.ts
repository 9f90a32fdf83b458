import * as z from 'zod';
import { ThermiaError } from '../thermia/errors.js';
import type { PumpSnapshot } from '../thermia/pump/model.js';
import { accountKey, type Lease } from './accounts.js';
import { described } from './logger.js';
import { pairingDevice, type PairingDevice } from './pairing.js';
import type { Services } from './services.js';
import { orSentence, Sentence, type Texts } from './texts.js';

/** A Homey's pair or repair session. */
export interface Session {
  setHandler(event: string, handler: (data: unknown) => Promise<unknown>): unknown;
}

export const LoginData = z.object({ username: z.string(), password: z.string() });

/** Answers an event of the session; whatever goes wrong is said in the person's words. */
export const answer = (
  session: Session,
  event: string,
  texts: Texts,
  act: (data: unknown) => Promise<unknown>,
): void => {
  session.setHandler(event, (data) => orSentence(texts, act(data)));
};

/** A page waits for the list of devices for about half a minute. */
const PAGE_MS = 25_000;
/** How long pairing waits for what a pump has; what arrives later is added to the device then. */
const FIRST_READ_MS = 20_000;
/** How long a closed session keeps its sign-in, in case that a device was just added and is about to start. */
const GRACE_MS = 60_000;

const within = <T>(services: Services, ms: number, promise: Promise<T>): Promise<T | null> =>
  new Promise((resolve, reject) => {
    const cancel = services.clock.after(ms, () => resolve(null));
    promise.then(resolve, reject).finally(cancel);
  });

/** What the pump reports, or what is known of it when it does not answer. */
const firstLook = async (
  services: Services,
  lease: Lease,
  pumpId: string,
  ms: number,
): Promise<PumpSnapshot | null> => {
  try {
    await within(services, ms, lease.account.refresh(pumpId));
  } catch (error) {
    services.logger.warn('A pump was not read while pairing', { error: described(error) });
  }
  return lease.account.snapshot(pumpId);
};

/** Sign in, list, add. `keepsPassword`: what devices of the same account were told, if there are any. */
export const handlePairing = (
  session: Session,
  services: Services,
  driverId: string,
  keepsPassword: (key: string) => boolean | null,
): void => {
  const { texts } = services;
  let lease: Lease | null = null;
  // What was read for the list is kept until a device that was added has taken over.
  const watched = new Map<string, () => void>();
  const leave = (left: Lease): Promise<void> => {
    for (const unwatch of watched.values()) unwatch();
    watched.clear();
    return left
      .release({ forget: true })
      .catch((error: unknown) =>
        services.logger.warn('An account was not closed', { error: described(error) }),
      );
  };

  answer(session, 'login', texts, async (data) => {
    const credentials = LoginData.parse(data);
    const key = accountKey(credentials.username);
    const next = await services.accounts.lease(key);
    try {
      await next.online.signIn(credentials, { keepPassword: keepsPassword(key) ?? true });
    } catch (error) {
      await leave(next);
      throw error;
    }
    if (lease !== null) await leave(lease);
    lease = next;
    return true;
  });

  answer(session, 'list_devices', texts, async (): Promise<PairingDevice[]> => {
    const current = lease;
    if (current === null) throw new Sentence(texts.say('pair.sign_in_first'));
    const until = services.clock.now() + PAGE_MS;
    const pumps = await within(services, PAGE_MS, current.account.list());
    if (pumps === null) throw new ThermiaError('timeout', 'The list did not come while the page waited');
    const left = Math.min(FIRST_READ_MS, until - services.clock.now());
    if (pumps.length === 0) throw new Sentence(texts.say('pair.no_pumps'));
    for (const { identity } of pumps) {
      if (!watched.has(identity.id)) watched.set(identity.id, current.account.watch(identity.id));
    }
    const account = { key: current.key, keepPassword: keepsPassword(current.key) ?? true };
    return Promise.all(
      pumps.map(async (listing) =>
        pairingDevice(
          listing,
          await firstLook(services, current, listing.identity.id, left),
          account,
          services.manifest,
          driverId,
          texts,
        ),
      ),
    );
  });

  session.setHandler('disconnect', () => {
    const left = lease;
    lease = null;
    if (left !== null) services.clock.after(GRACE_MS, () => void leave(left));
    return Promise.resolve();
  });
};
