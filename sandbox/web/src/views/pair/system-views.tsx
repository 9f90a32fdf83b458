import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { FoundDevice, optionText, type PairView } from '../../pure/pair-views.js';
import { sentence } from '../../pure/format.js';
import { hello } from '../../state/world.js';
import { Button, Empty, Field, Notice, Spinner } from '../../ui/controls.js';
import { Icon } from '../../ui/icons.js';
import type { Session } from './session.js';

export interface ViewProps {
  readonly session: Session;
  readonly view: PairView;
  readonly chosen: readonly FoundDevice[];
  readonly onChosen: (devices: readonly FoundDevice[]) => void;
  readonly onNext: () => void;
  readonly onDone: (words: string) => void;
}

export const LoginCredentials = ({ session, view, onNext }: ViewProps): JSX.Element => {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const demo = hello.value?.thermia ?? null;

  const signIn = async (): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      const accepted = await session.emit('login', { username, password });
      if (accepted === true) onNext();
      else setProblem('The e-mail address or the password is wrong.');
    } catch (error) {
      setProblem(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="pair-view"
      data-testid="pair-login"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <p class="dialog-text">{optionText(view, 'title', 'Sign in')}</p>
      <Field label={optionText(view, 'usernameLabel', 'E-mail address')}>
        <input
          class="input"
          type="email"
          autocomplete="off"
          required
          placeholder={optionText(view, 'usernamePlaceholder', '')}
          value={username}
          data-testid="pair-username"
          onInput={({ currentTarget }) => setUsername(currentTarget.value)}
        />
      </Field>
      <Field label={optionText(view, 'passwordLabel', 'Password')}>
        <input
          class="input"
          type="password"
          autocomplete="off"
          required
          placeholder={optionText(view, 'passwordPlaceholder', '')}
          value={password}
          data-testid="pair-password"
          onInput={({ currentTarget }) => setPassword(currentTarget.value)}
        />
      </Field>
      {problem !== '' && (
        <Notice tone="bad" testId="pair-problem">
          {problem}
        </Notice>
      )}
      {demo?.simulated === true && typeof demo.username === 'string' && typeof demo.password === 'string' && (
        <Notice
          tone="info"
          action={
            <Button
              onPress={() => {
                setUsername(demo.username ?? '');
                setPassword(demo.password ?? '');
              }}
              testId="pair-use-demo"
            >
              Fill in
            </Button>
          }
        >
          The simulated account is <code>{demo.username}</code> with the password <code>{demo.password}</code>
          .
        </Notice>
      )}
      <div class="dialog-actions">
        <Button look="primary" submit busy={busy} testId="pair-login-submit">
          Sign in
        </Button>
      </div>
    </form>
  );
};

export const ListDevices = ({ session, view, chosen, onChosen, onNext }: ViewProps): JSX.Element => {
  const [found, setFound] = useState<readonly FoundDevice[] | null>(null);
  const [problem, setProblem] = useState('');
  const single = view.options['singular'] === true;

  useEffect(() => {
    let current = true;
    session
      .emit('list_devices', {})
      .then((answer) => {
        if (!current) return;
        const list: unknown[] = Array.isArray(answer) ? answer : [];
        setFound(list.flatMap((device) => FoundDevice.safeParse(device).data ?? []));
      })
      .catch((error: unknown) => current && setProblem(sentence(error)));
    return () => {
      current = false;
    };
  }, [session]);

  const toggle = (device: FoundDevice): void => {
    if (single) onChosen([device]);
    else if (chosen.includes(device)) onChosen(chosen.filter((other) => other !== device));
    else onChosen([...chosen, device]);
  };
  const goOn = async (): Promise<void> => {
    try {
      await session.emit('list_devices_selection', chosen);
      onNext();
    } catch (error) {
      setProblem(sentence(error));
    }
  };
  return (
    <div class="pair-view" data-testid="pair-list">
      {problem !== '' && (
        <Notice tone="bad" testId="pair-problem">
          {problem}
        </Notice>
      )}
      {found === null && problem === '' && (
        <p class="loading">
          <Spinner /> Looking for devices…
        </p>
      )}
      {found?.length === 0 && (
        <Empty>There is nothing to add: every pump of this account is here already.</Empty>
      )}
      <ul class="choices">
        {found?.map((device, index) => (
          <li key={index}>
            <label>
              <input
                type={single ? 'radio' : 'checkbox'}
                name="device"
                checked={chosen.includes(device)}
                onChange={() => toggle(device)}
                data-testid="pair-choice"
              />
              <Icon name="pump" />
              <span>{device.name}</span>
            </label>
          </li>
        ))}
      </ul>
      <div class="dialog-actions">
        <Button look="primary" disabled={chosen.length === 0} onPress={() => void goOn()} testId="pair-add">
          {chosen.length > 1 ? `Add ${chosen.length} devices` : 'Add'}
        </Button>
      </div>
    </div>
  );
};

export const AddDevices = ({ session, chosen, onDone }: ViewProps): JSX.Element => {
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let current = true;
    const add = async (): Promise<void> => {
      try {
        for (const device of chosen) await session.add(device);
        if (current) onDone(`Added ${chosen.map(({ name }) => name).join(', ')}.`);
      } catch (error) {
        if (current) setProblem(sentence(error));
      }
    };
    void add();
    return () => {
      current = false;
    };
  }, [session]);
  return (
    <div class="pair-view" data-testid="pair-adding">
      {problem === '' ? (
        <p class="loading">
          <Spinner /> Adding {chosen.map(({ name }) => name).join(', ')}…
        </p>
      ) : (
        <Notice tone="bad" testId="pair-problem">
          {problem}
        </Notice>
      )}
    </div>
  );
};
