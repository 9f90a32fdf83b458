/** Ways to misbehave, aimed at an endpoint and used up one by one or by chance. */

export type FaultKind =
  /** Any status with a body of some kind. */
  | 'status'
  /** 200 with the web application's page. */
  | 'html'
  /** The connection is reset. */
  | 'reset'
  /** No answer, ever. */
  | 'hang'
  /** The answer comes after `delayMs`. */
  | 'slow'
  /** The answer breaks off in the middle. */
  | 'truncated'
  /** JSON that is none. */
  | 'malformed'
  /** Unknown fields everywhere, and null where a value was. */
  | 'extra'
  /** The hosting platform's own 404 for everything. */
  | 'outage';

export const FAULT_KINDS: readonly FaultKind[] = [
  'status',
  'html',
  'reset',
  'hang',
  'slow',
  'truncated',
  'malformed',
  'extra',
  'outage',
];

export interface Fault {
  readonly kind: FaultKind;
  /** An endpoint's name, or the beginning of a path when it starts with `/`; every endpoint when absent. */
  readonly match?: string | undefined;
  /** For `status`; 500 unless given. */
  readonly status?: number | undefined;
  readonly body?: 'text' | 'problem' | 'html' | undefined;
  /** Replaces the body of `status`; JSON where it looks like JSON. */
  readonly text?: string | undefined;
  readonly retryAfterS?: number | undefined;
  readonly retryAfterForm?: 'seconds' | 'date' | undefined;
  readonly delayMs?: number | undefined;
  /** `after`: the request takes effect and its answer is lost. For `status`, `html`, `reset`, `hang`. */
  readonly when?: 'before' | 'after' | undefined;
  /** Share of the values that `extra` turns to null; 0.2 unless given. */
  readonly nullShare?: number | undefined;
  /** Chance that a matching request is hit; 1 unless given. */
  readonly probability?: number | undefined;
  /** Requests to be hit; without end when absent. */
  readonly times?: number | undefined;
}

export interface ListedFault extends Fault {
  readonly id: number;
  readonly hits: number;
}

export interface Faults {
  add(fault: Fault): number;
  remove(id: number): boolean;
  clear(): void;
  list(): readonly ListedFault[];
  /** The fault that hits this request, if any; it counts as used. */
  take(endpoint: string, path: string): Fault | null;
}

const aimedAt = (match: string | undefined, endpoint: string, path: string): boolean => {
  if (match === undefined) return true;
  return match.startsWith('/') ? path.toLowerCase().startsWith(match.toLowerCase()) : match === endpoint;
};

export const createFaults = (random: () => number): Faults => {
  const faults = new Map<number, { readonly fault: Fault; hits: number }>();
  let nextId = 1;
  return {
    add: (fault) => {
      const id = nextId++;
      faults.set(id, { fault, hits: 0 });
      return id;
    },
    remove: (id) => faults.delete(id),
    clear: () => {
      faults.clear();
    },
    list: () => [...faults].map(([id, { fault, hits }]) => ({ ...fault, id, hits })),
    take: (endpoint, path) => {
      for (const [id, entry] of faults) {
        const { fault } = entry;
        if (!aimedAt(fault.match, endpoint, path)) continue;
        if (fault.probability !== undefined && random() >= fault.probability) continue;
        entry.hits += 1;
        if (fault.times !== undefined && entry.hits >= fault.times) faults.delete(id);
        return fault;
      }
      return null;
    },
  };
};
