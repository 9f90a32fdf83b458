import { fromWireError, toWireError } from './errors.js';
import { isRecord } from './json.js';

/** One end of the border between the Homey and the app's process. What passes is copied as JSON. */
export interface Link {
  readonly call: (event: string, data?: unknown) => Promise<unknown>;
  readonly tell: (event: string, data?: unknown) => void;
  /** Fails what is under way and everything after it. */
  readonly end: (reason: Error) => void;
}

export interface LinkPort {
  readonly send: (message: object) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

export type LinkHandler = (event: string, data: unknown) => unknown;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `onFault` hears what a `tell` of the other end broke; there is nobody to answer it to. */
export const createLink = (port: LinkPort, handle: LinkHandler, onFault: (error: unknown) => void): Link => {
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let ended: Error | null = null;

  const answer = async (id: number | null, event: string, data: unknown): Promise<void> => {
    try {
      const result = await handle(event, data);
      if (id !== null) port.send({ answer: id, result });
    } catch (error) {
      if (id === null) onFault(error);
      else port.send({ answer: id, error: toWireError(error) });
    }
  };

  port.onMessage((message) => {
    if (ended !== null || !isRecord(message)) return;
    if (typeof message['answer'] === 'number') {
      const pending = waiting.get(message['answer']);
      waiting.delete(message['answer']);
      if (message['error'] === undefined) pending?.resolve(message['result']);
      else pending?.reject(fromWireError(message['error']));
      return;
    }
    const { event, id, data } = message;
    if (typeof event !== 'string') return;
    void answer(typeof id === 'number' ? id : null, event, data);
  });

  return {
    call: (event, data) =>
      new Promise((resolve, reject) => {
        if (ended !== null) {
          reject(ended);
          return;
        }
        count += 1;
        waiting.set(count, { resolve, reject });
        port.send({ id: count, event, data });
      }),
    tell: (event, data) => {
      if (ended === null) port.send({ event, data });
    },
    end: (reason) => {
      ended ??= reason;
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    },
  };
};
