import jquery from 'jquery';
import { FRAME_CALLS, textAt, ToFrame, type FrameCall, type FromFrame } from '../pure/pair-messages.js';
import './pair-view.css';

/**
 * The long-lived page into which a Homey puts an app's pair views one after the other with jQuery's `.html()`.
 * So ids and top-level names of two views collide here as they do there.
 */
type Callback = (error: Error | null, value?: unknown) => void;
type Listener = (data: unknown) => unknown;

const parentOrigin = location.origin;
const send = (message: FromFrame): void => parent.postMessage(message, parentOrigin);

const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
const listeners = new Map<string, Listener>();
const kept = new Map<string, unknown>();
let calls = 0;
let currentView: string | null = null;
let texts: Readonly<Record<string, unknown>> = {};

const ask = (name: FrameCall, args: readonly unknown[]): Promise<unknown> => {
  calls += 1;
  const call = calls;
  return new Promise((resolve, reject) => {
    waiting.set(call, { resolve, reject });
    send({ kind: 'call', call, name, args: [...args] });
  });
};

/** Every method takes a callback as its last argument, and answers a promise where there is none. */
const method =
  (name: FrameCall) =>
  (...args: unknown[]): Promise<unknown> | undefined => {
    const last = args.at(-1);
    if (typeof last !== 'function') return ask(name, args);
    const callback = last as Callback;
    ask(name, args.slice(0, -1)).then(
      (value) => callback(null, value),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
    return undefined;
  };

const translate = (): void => {
  jquery('#hy-views')
    .find('[data-i18n]')
    .each((_, element) => {
      const text = textAt(texts, element.dataset['i18n'] ?? '');
      if (text !== null) element.textContent = text;
    });
};

const homey: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(FRAME_CALLS.map((name) => [name, method(name)])),
  on: (event: string, listener: Listener) => void listeners.set(event, listener),
  __: (key: string, tags?: Readonly<Record<string, unknown>>) => textAt(texts, key, tags),
  getCurrentView: () => currentView,
  getViewStoreValue: (viewId: string, key: string, callback?: Callback) => {
    const value = kept.get(`${viewId} ${key}`);
    callback?.(null, value);
    return Promise.resolve(value);
  },
  setViewStoreValue: (viewId: string, key: string, value: unknown, callback?: Callback) => {
    kept.set(`${viewId} ${key}`, value);
    callback?.(null);
    return Promise.resolve();
  },
  showLoadingOverlay: () => document.body.classList.add('busy'),
  hideLoadingOverlay: () => document.body.classList.remove('busy'),
};
Object.assign(globalThis, { Homey: homey, $: jquery, jQuery: jquery });

const hear = async (call: number, event: string, data: unknown): Promise<void> => {
  try {
    const value = await listeners.get(event)?.(data);
    send({ kind: 'reply', call, value: value ?? null, error: null });
  } catch (error) {
    send({ kind: 'reply', call, value: null, error: error instanceof Error ? error.message : String(error) });
  }
};

addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
  if (source !== parent || origin !== parentOrigin) return;
  const read = ToFrame.safeParse(data);
  if (!read.success) return;
  const message = read.data;
  switch (message.kind) {
    case 'show':
      currentView = message.viewId;
      texts = message.texts;
      document.documentElement.dataset['theme'] = message.dark ? 'dark' : 'light';
      document.body.classList.remove('busy');
      jquery('#hy-views').html(`<div class="hy-view">${message.markup}</div>`);
      translate();
      return;
    case 'event':
      void hear(message.call, message.event, message.data);
      return;
    case 'reply': {
      const asked = waiting.get(message.call);
      waiting.delete(message.call);
      if (message.error === null) asked?.resolve(message.value);
      else asked?.reject(new Error(message.error));
    }
  }
});

new ResizeObserver(() => send({ kind: 'height', height: document.documentElement.offsetHeight })).observe(
  document.documentElement,
);
send({ kind: 'ready' });
