import { sentence } from './format.js';

export interface CardResult {
  readonly tone: 'good' | 'bad' | 'info';
  readonly text: string;
}

const seconds = (ms: number): string => (ms < 950 ? 'at once' : `after ${(ms / 1000).toFixed(1)} s`);

/** A condition answers true or false, bare or inside an object. */
const truthOf = (answer: unknown): boolean | null => {
  if (typeof answer === 'boolean') return answer;
  if (typeof answer === 'object' && answer !== null && 'result' in answer) return truthOf(answer.result);
  return null;
};

const tokensOf = (answer: unknown): string => {
  if (typeof answer !== 'object' || answer === null) return '';
  return Object.entries(answer)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name} = ${String(value)}`)
    .join(', ');
};

/** What running a card came to, in words. */
export const cardResult = (kind: 'condition' | 'action', answer: unknown, tookMs: number): CardResult => {
  if (kind === 'condition') {
    const truth = truthOf(answer);
    if (truth === null) return { tone: 'bad', text: 'The condition answered neither yes nor no.' };
    return truth ? { tone: 'good', text: 'Yes, this is so.' } : { tone: 'info', text: 'No, this is not so.' };
  }
  const tokens = tokensOf(answer);
  return { tone: 'good', text: `Done, ${seconds(tookMs)}.${tokens === '' ? '' : ` ${tokens}`}` };
};

export const cardFailure = (error: unknown): CardResult => ({ tone: 'bad', text: sentence(error) });
