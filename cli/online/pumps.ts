import { type PumpListing } from '../../lib/thermia/index.js';
import { Problem } from '../problem.js';
import type { Session } from './session.js';

export const PUMP_OPTION = {
  flags: '--pump <name>',
  means: 'which heat pump, by name or id, where the account has several',
};

/** A person's own end of a request: Ctrl-C ends the whole tool. */
export const noEnd = (): AbortSignal => new AbortController().signal;

export const choosePump = async ({ account }: Session, wanted: string | undefined): Promise<PumpListing> => {
  const pumps = await account.list();
  const [only] = pumps;
  if (only === undefined) throw new Problem('not_found', 'There is no heat pump in this account.');
  const names = pumps.map(({ identity: { id, name } }) => `"${name ?? id}"`).join(', ');
  if (wanted === undefined) {
    if (pumps.length === 1) return only;
    throw new Problem('usage', `There are several heat pumps: name one with --pump; there are ${names}.`);
  }
  const found = pumps.find(
    ({ identity }) => identity.id === wanted || identity.name?.toLowerCase() === wanted.toLowerCase(),
  );
  if (found !== undefined) return found;
  throw new Problem('not_found', `There is no heat pump "${wanted}" in this account; there are ${names}.`);
};
