import { z } from 'zod';
import type { Homey, PairRequest } from '../../client/port.js';
import type { PairView } from '../../pure/pair-views.js';

/** What the driver asks of the page during a session. */
export type PageEvent =
  | { readonly kind: 'showView'; readonly viewId: string }
  | { readonly kind: 'nextView' | 'prevView' | 'done' }
  | {
      readonly kind: 'emit';
      readonly event: string;
      readonly data: unknown;
      readonly callbackId: string | null;
    };

export interface Session {
  readonly id: string;
  readonly views: readonly PairView[];
  emit(event: string, data?: unknown): Promise<unknown>;
  add(device: unknown): Promise<unknown>;
  answer(callbackId: string, data: unknown): void;
  end(): void;
}

const HEARTBEAT_MS = 15_000;

const Emitted = z.looseObject({
  event: z.string().optional(),
  data: z.unknown(),
  viewId: z.string().optional(),
  callbackId: z.string().nullish(),
});

const pageEvent = (name: string, data: unknown): PageEvent | null => {
  const read = Emitted.safeParse(data);
  if (name === 'nextView' || name === 'prevView' || name === 'done') return { kind: name };
  if (!read.success) return null;
  const { event, viewId, callbackId } = read.data;
  if (name === 'showView' && viewId !== undefined) return { kind: 'showView', viewId };
  if (name === 'emit' && event !== undefined) {
    return { kind: 'emit', event, data: read.data.data, callbackId: callbackId ?? null };
  }
  return null;
};

/** Opens a pair or repair session and keeps it alive until `end`. */
export const openSession = async (
  homey: Homey,
  request: PairRequest,
  onEvent: (event: PageEvent) => void,
): Promise<Session> => {
  const { id, views } = await homey.createPairSession(request);
  const unsubscribe = await homey.subscribe(`homey:pairsession:${id}`, (name, data) => {
    const event = pageEvent(name, data);
    if (event !== null) onEvent(event);
  });
  const quiet = (): undefined => undefined;
  const heartbeat = setInterval(() => void homey.keepPairing(id).catch(quiet), HEARTBEAT_MS);
  return {
    id,
    views,
    emit: (event, data) => homey.emitPairing(id, event, data),
    add: (device) => homey.addPairedDevice(id, device),
    answer: (callbackId, data) => void homey.answerPairing(id, callbackId, data).catch(quiet),
    end: () => {
      clearInterval(heartbeat);
      unsubscribe();
      // A session that the Homey has ended already is gone all the same.
      void homey.endPairing(id).catch(quiet);
    },
  };
};
