import { badRequest } from '../errors.js';
import { parseFlowCard } from '../manifest.js';
import type { HomeyCard } from './homey-card.js';

const OWNER = 'homey:app:com.athom.homeyscript';

const arg = (name: string, type: string): object => ({ name, type, title: { en: name } });

const card = (
  kind: 'condition' | 'action',
  id: string,
  title: string,
  args: readonly object[],
): HomeyCard => ({
  kind,
  ownerUri: OWNER,
  ownerName: 'HomeyScript',
  definition: parseFlowCard({ id, title: { en: title }, args }),
  complete: () => [],
  run: () => {
    throw badRequest('Not Implemented: HomeyScript does not run here');
  },
});

/** The cards of HomeyScript that run a script, so that Flows which use them can be kept. No script runs here. */
export const homeyScriptCards = (): readonly HomeyCard[] =>
  (['condition', 'action'] as const).flatMap((kind) => [
    card(kind, 'run', 'Run a script', [arg('script', 'autocomplete')]),
    card(kind, 'runWithArg', 'Run a script with an argument', [
      arg('script', 'autocomplete'),
      arg('argument', 'text'),
    ]),
  ]);
