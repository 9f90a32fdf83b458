import * as z from 'zod';
import { ERROR_KINDS } from '../errors.js';
import type { Logger, Store } from '../ports.js';
import { redact } from '../redact.js';
import { REDIRECTS } from './addresses.js';
import { NO_CHAIN } from './chain.js';
import { createQueue } from './in-order.js';

/** What rests of a session. Never the password: settings pages can read this store. */
const troubleSchema = z.object({
  since: z.number(),
  reason: z.enum(ERROR_KINDS),
  code: z.string().nullable(),
  /** Automatic sign-ins that failed in a row. */
  failures: z.number(),
  /** When a kept password may be tried next; null: only the person may. */
  notBefore: z.number().nullable(),
});
const recordSchema = z.object({
  refreshToken: z.string().nullable(),
  /** Where the token's chain was sent when it began; a refresh names it again. */
  redirect: z.string(),
  chain: z
    .object({
      startedAt: z.number().nullable(),
      endsAt: z.number().nullable(),
      kind: z.enum(['fixed', 'sliding']).nullable(),
      seenAt: z.number().nullable(),
    })
    .catch(NO_CHAIN),
  trouble: troubleSchema.nullable().catch(null),
  /** The password store may hold one of an earlier sign-in, perhaps another person's: it is to be erased and not used. */
  passwordIsOld: z.boolean().catch(false),
});

export type Trouble = z.output<typeof troubleSchema>;
export type SessionRecord = Readonly<z.output<typeof recordSchema>>;

export const EMPTY_RECORD: SessionRecord = {
  refreshToken: null,
  redirect: REDIRECTS[0],
  chain: NO_CHAIN,
  trouble: null,
  passwordIsOld: false,
};

const KEY = 'session';

export interface SessionRecords {
  load(): SessionRecord;
  /** Resolves when the record is durable, or when that failed, which is logged; writes keep their order. */
  save(record: SessionRecord): Promise<void>;
  /** Tries again what could not be stored before. */
  repair(): Promise<void>;
  /** Rejects with what the store said. */
  erase(): Promise<void>;
}

export const createSessionRecords = (store: Store, logger: Logger): SessionRecords => {
  const inOrder = createQueue();
  let unsaved: SessionRecord | null = null;
  let newest = 0;
  /** What was to be saved up to here must not come back, however late its turn comes or its failure is known. */
  let erased = 0;
  const save = async (record: SessionRecord): Promise<void> => {
    const mine = (newest += 1);
    unsaved = null;
    try {
      await inOrder(async () => {
        if (mine > erased) await store.set(KEY, record);
      });
    } catch (error) {
      if (mine === newest) unsaved = record;
      logger.error('The session could not be stored; it lasts until the app restarts', {
        error: redact(String(error)),
      });
    }
  };
  return {
    load: () => {
      const stored = store.get(KEY);
      if (stored === null || stored === undefined) return EMPTY_RECORD;
      const parsed = recordSchema.safeParse(stored);
      if (parsed.success) return parsed.data;
      logger.error('The stored session cannot be read');
      return EMPTY_RECORD;
    },
    save,
    repair: async () => {
      if (unsaved !== null) await save(unsaved);
    },
    erase: () => {
      newest += 1;
      erased = newest;
      unsaved = null;
      return inOrder(() => store.unset(KEY));
    },
  };
};
