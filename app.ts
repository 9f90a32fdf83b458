import Homey from 'homey';
import { Agent } from 'undici';
import { createAccounts, SESSION_KEY } from './lib/homey/accounts.js';
import { homeyClock } from './lib/homey/clock.js';
import { homeyLogger } from './lib/homey/logger.js';
import { parseManifest } from './lib/homey/manifest.js';
import { createPriceFeed } from './lib/homey/prices/feed.js';
import { createPriceSource } from './lib/homey/prices/source.js';
import type { Services } from './lib/homey/services.js';
import { createSettingsStore } from './lib/homey/settings-store.js';
import { createTexts } from './lib/homey/texts.js';
import { createThermia } from './lib/thermia/index.js';

/** By then every device has started and uses its account. */
const SWEEP_MS = 10 * 60 * 1000;

const environment = (name: string): string | undefined => {
  const env: unknown = Homey.env;
  const value: unknown = typeof env === 'object' && env !== null ? Reflect.get(env, name) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export default class ThermiaApp extends Homey.App {
  services!: Services;
  #agent!: Agent;

  override onInit(): Promise<void> {
    const { homey } = this;
    const agent = new Agent({
      connections: 4,
      connect: { timeout: 10_000 },
      headersTimeout: 20_000,
      bodyTimeout: 20_000,
      keepAliveTimeout: 4_000,
    });
    const clock = homeyClock(homey);
    const logger = homeyLogger(this);
    const manifest = parseManifest(homey.manifest);
    const texts = createTexts(
      {
        translate: (key, tags) => homey.__(key, tags),
        language: () => homey.i18n.getLanguage(),
        timeZone: () => homey.clock.getTimezone(),
      },
      manifest,
    );
    const origin = environment('THERMIA_ONLINE_ORIGIN');
    const notify = (excerpt: string): Promise<void> => homey.notifications.createNotification({ excerpt });
    const accounts = createAccounts({
      settings: homey.settings,
      texts,
      logger,
      now: () => clock.now(),
      notify,
      create(key, credentials) {
        return createThermia({
          store: createSettingsStore(homey.settings, SESSION_KEY + key),
          credentials,
          clock,
          random: Math.random,
          logger,
          dispatcher: agent,
          ...(origin === undefined ? {} : { origin }),
        });
      },
    });
    this.#agent = agent;
    const pricesOrigin = environment('PRICE_SOURCE_ORIGIN');
    const source = createPriceSource({
      dispatcher: agent,
      clock,
      ...(pricesOrigin === undefined ? {} : { origin: pricesOrigin }),
    });
    const prices = createPriceFeed({ source, clock, random: Math.random, logger });
    this.services = { accounts, manifest, texts, clock, logger, prices, notify };
    clock.after(SWEEP_MS, () => accounts.sweep(homey.settings.getKeys()));
    return Promise.resolve();
  }

  override async onUninit(): Promise<void> {
    this.services.prices.stop();
    await this.services.accounts.stop();
    await this.#agent.destroy();
  }
}
