import type { Clock, Logger } from '../thermia/ports.js';
import type { Accounts } from './accounts.js';
import type { Manifest } from './manifest.js';
import type { PriceFeed } from './prices/feed.js';
import type { Texts } from './texts.js';

/** What the app has ready for its driver and devices. */
export interface Services {
  readonly accounts: Accounts;
  readonly manifest: Manifest;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly prices: PriceFeed;
  /** Writes to the Homey's timeline. */
  readonly notify: (excerpt: string) => Promise<void>;
}

const offers = (app: object): app is { readonly services: Services } => 'services' in app;

/** The services of the app object that a Homey hands to its drivers and devices. */
export const servicesOf = (app: object): Services => {
  if (!offers(app)) throw new Error('The app has not started.');
  return app.services;
};
