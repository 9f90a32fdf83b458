import { EventEmitter } from 'node:events';

/** What happens on this Homey, told to whoever subscribed to the URI it happened on. */
export interface Realtime {
  readonly emit: (uri: string, event: string, data: unknown) => void;
  /** The returned function ends it. */
  readonly subscribe: (uri: string, listener: (event: string, data: unknown) => void) => () => void;
  readonly hasSubscribers: (uri: string) => boolean;
}

export const createRealtime = (): Realtime => {
  const hub = new EventEmitter();
  hub.setMaxListeners(0);
  return {
    emit: (uri, event, data) => void hub.emit(uri, event, data),
    subscribe: (uri, listener) => {
      hub.on(uri, listener);
      return () => void hub.off(uri, listener);
    },
    hasSubscribers: (uri) => hub.listenerCount(uri) > 0,
  };
};
