import { useEffect, useRef, useState, type MutableRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { z } from 'zod';
import { readPairView } from '../../client/sandbox.js';
import type { PairRequest } from '../../client/port.js';
import { FromFrame, type ToFrame } from '../../pure/pair-messages.js';
import { nextView, previousView } from '../../pure/pair-views.js';
import { sentence } from '../../pure/format.js';
import { isDark } from '../../state/theme.js';
import { hello, theHomey } from '../../state/world.js';
import { Notice } from '../../ui/controls.js';
import type { Session } from './session.js';

interface Props {
  readonly session: Session;
  readonly request: PairRequest;
  /** The app's view to be seen; null while one of the Homey's own is. The frame stays. */
  readonly viewId: string | null;
  readonly onShow: (viewId: string | null) => void;
  readonly onDone: () => void;
  /** Takes what the driver says to the view. */
  readonly receiver: MutableRef<(event: string, data: unknown) => Promise<unknown>>;
}

const first = (args: readonly unknown[]): string => z.string().catch('').parse(args[0]);

/** The app's own views, all in one frame that lives as long as the session. */
export const CustomView = ({ session, request, viewId, onShow, onDone, receiver }: Props): JSX.Element => {
  const frame = useRef<HTMLIFrameElement>(null);
  const current = useRef(viewId);
  const replies = useRef(
    new Map<number, { resolve: (value: unknown) => void; reject: (e: Error) => void }>(),
  );
  const calls = useRef(0);
  const [ready, setReady] = useState(false);
  const [height, setHeight] = useState(240);
  const [heading, setHeading] = useState('');
  const [problem, setProblem] = useState('');
  current.current = viewId;

  const post = (message: ToFrame): void =>
    frame.current?.contentWindow?.postMessage(message, location.origin);

  const perform = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const at = current.current ?? '';
    const text = first(args);
    if (name !== 'alert') setProblem('');
    switch (name) {
      case 'emit':
        return session.emit(text, args[1]);
      case 'showView':
        onShow(text);
        return null;
      case 'nextView':
        onShow(nextView(session.views, at));
        return null;
      case 'prevView':
        onShow(previousView(session.views, at) ?? at);
        return null;
      case 'done':
        onDone();
        return null;
      case 'createDevice':
        if (request.type === 'repair') throw new Error('A device cannot be made while repairing.');
        return session.add(args[0]);
      case 'setTitle':
      case 'setSubtitle':
        setHeading(text);
        return null;
      case 'alert':
        setProblem(text);
        return null;
      case 'confirm':
        return confirm(text);
      case 'popup':
        open(text, '_blank', 'noopener');
        return null;
      case 'getOptions':
        return session.views.find(({ id }) => id === (text === '' ? at : text))?.options ?? {};
      default:
        throw new Error(`This stand-in has no Homey.${name} in a pair view.`);
    }
  };

  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent<unknown>): void => {
      if (source !== frame.current?.contentWindow || origin !== location.origin) return;
      const read = FromFrame.safeParse(data);
      if (!read.success) return;
      const message = read.data;
      if (message.kind === 'ready') setReady(true);
      else if (message.kind === 'height') setHeight(Math.max(120, message.height));
      else if (message.kind === 'reply') {
        const asked = replies.current.get(message.call);
        replies.current.delete(message.call);
        if (message.error === null) asked?.resolve(message.value);
        else asked?.reject(new Error(message.error));
      } else {
        const { call, name, args } = message;
        perform(name, args).then(
          (value) => post({ kind: 'reply', call, value: value ?? null, error: null }),
          (error: unknown) => post({ kind: 'reply', call, value: null, error: sentence(error) }),
        );
      }
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, [session]);

  receiver.current = (event, data) =>
    new Promise((resolve, reject) => {
      calls.current += 1;
      replies.current.set(calls.current, { resolve, reject });
      post({ kind: 'event', call: calls.current, event, data: data ?? null });
    });

  useEffect(() => {
    if (!ready || viewId === null) return;
    let wanted = true;
    setHeading('');
    setProblem('');
    Promise.all([
      readPairView(request, viewId),
      theHomey().appTexts(request.driverId.split(':')[2] ?? '', hello.peek()?.language ?? 'en'),
    ])
      .then(([markup, texts]) => {
        if (wanted) post({ kind: 'show', viewId, markup, texts, dark: isDark() });
      })
      .catch((error: unknown) => wanted && setProblem(sentence(error)));
    return () => {
      wanted = false;
    };
  }, [ready, viewId]);

  return (
    <div hidden={viewId === null} data-testid="pair-custom">
      {heading !== '' && <p class="dialog-text">{heading}</p>}
      {problem !== '' && (
        <Notice tone="bad" testId="pair-problem">
          {problem}
        </Notice>
      )}
      <iframe
        ref={frame}
        class="pair-frame"
        title="Page of the app"
        src="/pair-view.html"
        style={{ height: `${height}px` }}
        data-testid="pair-frame"
      />
    </div>
  );
};
