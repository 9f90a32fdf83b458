import type { SessionState, ThermiaOnline } from '../../../lib/thermia/cloud/types.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import type { PumpListing } from '../../../lib/thermia/source.js';
import { NOON } from './fakes.js';

/** A sign-in that is what the test says. */
export class FakeOnline implements ThermiaOnline {
  readonly calls: string[] = [];
  refuse: ThermiaError | null = null;
  stopped = false;
  onSignIn: (credentials: { username: string; password: string }) => Promise<void> = () => Promise.resolve();
  /** What a pasted token opens. */
  pumpsOfToken: () => Promise<readonly PumpListing[]> = () => Promise.resolve([]);
  #state: SessionState = { state: 'signed_out' };
  readonly #listeners = new Set<(state: SessionState) => void>();

  get source(): never {
    throw new Error('Not used');
  }
  get api(): never {
    throw new Error('Not used');
  }
  signIn: ThermiaOnline['signIn'] = async (credentials, { keepPassword }) => {
    this.calls.push(`signIn keep=${String(keepPassword)}`);
    if (this.refuse !== null) throw this.refuse;
    if (keepPassword) await this.onSignIn(credentials);
    this.become({ state: 'signed_in' });
  };
  signInWithToken: ThermiaOnline['signInWithToken'] = async (token, accept) => {
    this.calls.push(`token ${token}`);
    if (this.refuse !== null) throw this.refuse;
    accept?.(await this.pumpsOfToken());
    this.calls.push('adopted');
    this.become({ state: 'signed_in' });
  };
  signOut = (): Promise<void> => {
    this.calls.push('signOut');
    this.become({ state: 'signed_out' });
    return Promise.resolve();
  };
  forgetPassword = (): Promise<void> => {
    this.calls.push('forgetPassword');
    return Promise.resolve();
  };
  session = (): SessionState => this.#state;
  chain = (): ReturnType<ThermiaOnline['chain']> => ({
    startedAt: NOON,
    endsAt: NOON + 86_400_000,
    kind: 'fixed',
  });
  onSession = (listener: (state: SessionState) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  stop = (): Promise<void> => {
    this.stopped = true;
    return Promise.resolve();
  };
  become(state: SessionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

export const lost = (): SessionState => ({
  state: 'sign_in_needed',
  reason: new ThermiaError('sign_in_needed', 'ended'),
  since: NOON,
});
