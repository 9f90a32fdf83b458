import type { SandboxClock } from '../clock.js';

export interface HomeyOptions {
  /** 0 takes a free one. A busy one rejects with an error whose `code` is EADDRINUSE. */
  readonly port: number;
  /** Where this Homey keeps what it remembers. */
  readonly stateDir: string;
  /** The built app: `.homeybuild`. */
  readonly appDir: string;
  /** Becomes `Homey.env`. */
  readonly env: Readonly<Record<string, string>>;
  readonly clock: SandboxClock;
  /** A static page for `/`. */
  readonly pageDir?: string;
  readonly timezone?: string;
  readonly language?: string;
  /** What the page is told besides the address and the token. */
  readonly hello?: Readonly<Record<string, unknown>>;
  readonly onLog?: (line: string) => void;
}

export interface HomeyHost {
  readonly address: string;
  readonly token: string;
  readonly homeyId: string;
  readonly close: () => Promise<void>;
}
