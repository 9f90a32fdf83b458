import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from './controls.js';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly testId?: string;
  readonly wide?: boolean;
}

/** A modal dialog; the browser keeps the focus inside and gives it back afterwards. */
export const Dialog = ({ title, onClose, children, testId, wide = false }: DialogProps): JSX.Element => {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class={`dialog ${wide ? 'wide' : ''}`}
      aria-label={title}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2>{title}</h2>
          <Button look="quiet" icon="close" label="Close" onPress={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
};

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly busy?: boolean;
}

export const Confirm = ({ title, text, yes, onYes, onNo, busy = false }: ConfirmProps): JSX.Element => (
  <Dialog title={title} onClose={onNo} testId="confirm-dialog">
    <p class="dialog-text">{text}</p>
    <div class="dialog-actions">
      <Button onPress={onNo}>Cancel</Button>
      <Button look="danger" onPress={onYes} busy={busy} testId="confirm-yes">
        {yes}
      </Button>
    </div>
  </Dialog>
);
