import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentType, JSX } from 'preact';
import type { PairRequest } from '../../client/port.js';
import { drawnBy, nextView, previousView, type FoundDevice } from '../../pure/pair-views.js';
import { sentence } from '../../pure/format.js';
import { announce } from '../../state/outcomes.js';
import { theHomey } from '../../state/world.js';
import { Button, Notice, Spinner } from '../../ui/controls.js';
import { Dialog } from '../../ui/dialog.js';
import { CustomView } from './custom-view.js';
import { pairing } from './open.js';
import { openSession, type PageEvent, type Session } from './session.js';
import { AddDevices, ListDevices, LoginCredentials, type ViewProps } from './system-views.js';

const Loading = (): JSX.Element => (
  <p class="loading">
    <Spinner /> One moment…
  </p>
);

const Done = ({ onDone }: ViewProps): JSX.Element => (
  <div class="pair-view" data-testid="pair-done">
    <Notice tone="good">That went well.</Notice>
    <div class="dialog-actions">
      <Button look="primary" onPress={() => onDone('')} testId="pair-close">
        Close
      </Button>
    </div>
  </div>
);

const TEMPLATES: Readonly<Record<string, ComponentType<ViewProps>>> = {
  login_credentials: LoginCredentials,
  list_devices: ListDevices,
  add_devices: AddDevices,
  loading: Loading,
  done: Done,
};

const close = (words: string): void => {
  pairing.value = null;
  if (words !== '') announce(words);
};

export const PairDialog = ({ request }: { request: PairRequest & { title: string } }): JSX.Element => {
  const [session, setSession] = useState<Session | null>(null);
  const [viewId, setViewId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly FoundDevice[]>([]);
  const [problem, setProblem] = useState('');
  const onEvent = useRef<(event: PageEvent) => void>(() => undefined);
  const toView = useRef<(event: string, data: unknown) => Promise<unknown>>(() => Promise.resolve(null));

  useEffect(() => {
    let ended = false;
    let opened: Session | null = null;
    const { title, ...wanted } = request;
    openSession(theHomey(), wanted, (event) => onEvent.current(event))
      .then((made) => {
        opened = made;
        if (ended) made.end();
        else {
          setSession(made);
          setViewId(made.views[0]?.id ?? null);
        }
      })
      .catch((error: unknown) => setProblem(`${title} could not be started. ${sentence(error)}`));
    return () => {
      ended = true;
      opened?.end();
    };
  }, [request]);

  const show = (id: string | null): void => {
    if (id === null) close('');
    else setViewId(id);
  };
  onEvent.current = (event) => {
    if (session === null || viewId === null) return;
    switch (event.kind) {
      case 'showView':
        show(event.viewId);
        break;
      case 'nextView':
        show(nextView(session.views, viewId));
        break;
      case 'prevView':
        show(previousView(session.views, viewId) ?? viewId);
        break;
      case 'done':
        close('');
        break;
      case 'emit':
        void toView
          .current(event.event, event.data)
          .then((data) => event.callbackId !== null && session.answer(event.callbackId, data));
    }
  };

  useEffect(() => {
    if (session === null || viewId === null) return;
    // Every view is told to the driver; it need not care.
    session.emit('showView', viewId).catch(() => undefined);
  }, [session, viewId]);

  const view = session?.views.find(({ id }) => id === viewId);
  const how = view === undefined ? null : drawnBy(view);
  const Template =
    view?.template === null || view?.template === undefined ? undefined : TEMPLATES[view.template];
  const back = session !== null && viewId !== null ? previousView(session.views, viewId) : null;
  return (
    <Dialog title={request.title} onClose={() => close('')} testId="pair-dialog">
      {problem !== '' && <Notice tone="bad">{problem}</Notice>}
      {session === null && problem === '' && <Loading />}
      {session !== null && view === undefined && <Notice tone="bad">There is no view {viewId}.</Notice>}
      {how === 'unknown' && (
        <Notice tone="bad">This stand-in does not draw the system view {view?.template}.</Notice>
      )}
      {session !== null && view !== undefined && Template !== undefined && (
        <Template
          key={view.id}
          session={session}
          view={view}
          chosen={chosen}
          onChosen={setChosen}
          onNext={() => show(nextView(session.views, view.id))}
          onDone={close}
        />
      )}
      {session !== null && session.views.some((one) => drawnBy(one) === 'custom') && (
        <CustomView
          session={session}
          request={request}
          viewId={how === 'custom' ? viewId : null}
          onShow={show}
          onDone={() => close('')}
          receiver={toView}
        />
      )}
      {back !== null && (
        <Button look="quiet" icon="back" onPress={() => show(back)} testId="pair-back">
          Back
        </Button>
      )}
    </Dialog>
  );
};
