import type { PumpSnapshot } from '../thermia/pump/model.js';
import type { PumpListing } from '../thermia/source.js';
import { identityLabels } from './labels.js';
import { manifestOptions, type Manifest } from './manifest.js';
import { initialCapabilities, optionsToSet } from './plan.js';
import type { Texts } from './texts.js';

/** Names of what a device keeps in its store. */
export const ACCOUNT = 'account';
export const CREDENTIALS = 'credentials';

export interface PairingDevice {
  readonly name: string;
  readonly data: { readonly id: string };
  readonly store: { readonly account: string };
  readonly settings: Readonly<Record<string, unknown>>;
  readonly capabilities: readonly string[];
  readonly capabilitiesOptions: Readonly<Record<string, object>>;
}

/** A pump as the pairing view lists it, with the capabilities that it has by what it reported so far. */
export const pairingDevice = (
  listing: PumpListing,
  snapshot: PumpSnapshot | null,
  account: { readonly key: string; readonly keepPassword: boolean },
  manifest: Manifest,
  driverId: string,
  texts: Texts,
): PairingDevice => {
  const identity = snapshot?.identity ?? listing.identity;
  const capabilities = initialCapabilities(snapshot);
  const options = manifestOptions(manifest, driverId, capabilities);
  for (const id of capabilities) {
    const own = snapshot === null ? null : optionsToSet(id, snapshot, manifest, options[id]);
    if (own !== null) options[id] = { ...options[id], ...own };
  }
  return {
    name: listing.identity.name ?? identity.model ?? texts.say('pair.unnamed'),
    data: { id: listing.identity.id },
    store: { account: account.key },
    settings: { ...identityLabels(identity, texts), keep_password: account.keepPassword },
    capabilities,
    capabilitiesOptions: options,
  };
};
