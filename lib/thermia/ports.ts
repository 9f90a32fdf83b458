/** What the client needs from the outside. All of it is handed in; nothing here knows of Homey or of a real clock. */

/** Ends a timer. Calling it after the timer ran does nothing. */
export type Cancel = () => void;

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs once after `delayMs` milliseconds. */
  after(delayMs: number, run: () => void): Cancel;
}

/** A number in [0, 1), as `Math.random` gives it. Used for jitter only, never for secrets. */
export type Random = () => number;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A small durable key-value store; `get` answers null for a key that was never set. `set` resolves when durable. */
export interface Store {
  get(key: string): unknown;
  set(key: string, value: Json): Promise<void>;
  unset(key: string): Promise<void>;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Where a password may rest. Kept apart from {@link Store}, which settings pages can read. */
export interface CredentialStore {
  load(): Promise<Credentials | null>;
  save(credentials: Credentials): Promise<void>;
  erase(): Promise<void>;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
