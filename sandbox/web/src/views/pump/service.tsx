import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Simulator, SimulatorState } from '../../client/simulator.js';
import { readableName } from '../../pure/registers.js';
import { formatSeconds } from '../../pure/format.js';
import { Button, Empty, Panel, Switch } from '../../ui/controls.js';
import type { Act } from './run.js';

interface Props {
  readonly simulator: Simulator;
  readonly state: SimulatorState;
  readonly act: Act;
}

const FAULTS = [
  { title: 'One answer fails', about: '503, once', fault: { kind: 'status', status: 503, times: 1 } },
  {
    title: 'Too many requests',
    about: '429 with a wait of 30 s, once',
    fault: { kind: 'status', status: 429, retryAfterS: 30, times: 1 },
  },
  { title: 'Slow answers', about: '5 s each, ten times', fault: { kind: 'slow', delayMs: 5000, times: 10 } },
  { title: 'A web page in place of data', about: 'once', fault: { kind: 'html', times: 1 } },
  { title: 'Broken lines', about: 'connections reset, five times', fault: { kind: 'reset', times: 5 } },
] as const;

export const CloudPanel = ({ simulator, state, act }: Props): JSX.Element => {
  const cut = state.faults.some(({ kind }) => kind === 'outage');
  return (
    <Panel title="The service" testId="cloud">
      <div class="action">
        <div>
          <b>Thermia Online</b>
          <small>{cut ? 'Does not answer at all' : 'Answers'}</small>
        </div>
        <Switch
          on={!cut}
          label="Thermia Online answers"
          testId="cut-cloud"
          onToggle={(on) =>
            act(on ? 'The service answers again.' : 'The service is gone.', () =>
              on ? simulator.clearFaults() : simulator.addFault({ kind: 'outage' }),
            )
          }
        />
      </div>
      {FAULTS.map(({ title, about, fault }) => (
        <div key={title} class="action">
          <div>
            <b>{title}</b>
            <small>{about}</small>
          </div>
          <Button onPress={() => act(`${title}: set.`, () => simulator.addFault(fault))}>Do it</Button>
        </div>
      ))}
      {state.faults.length > 0 && (
        <div class="action">
          <div>
            <b>Waiting: {state.faults.map(({ kind, hits }) => `${kind} (hit ${hits})`).join(', ')}</b>
          </div>
          <Button
            onPress={() => act('The service behaves.', () => simulator.clearFaults())}
            testId="clear-faults"
          >
            Clear
          </Button>
        </div>
      )}
    </Panel>
  );
};

export const SignInPanel = ({ simulator, state, act }: Props): JSX.Element => {
  const [password, setPassword] = useState('');
  return (
    <Panel title="The account" testId="account">
      <div class="action">
        <div>
          <b>End the sign-in</b>
          <small>Every token is refused from now on.</small>
        </div>
        <Button
          look="danger"
          testId="end-sign-in"
          onPress={() => act('Every sign-in has ended.', () => simulator.endSignIns())}
        >
          End
        </Button>
      </div>
      <form
        class="action"
        onSubmit={(event) => {
          event.preventDefault();
          act('The password is another one now.', () => simulator.changePassword(password));
          setPassword('');
        }}
      >
        <input
          class="input"
          aria-label="New password"
          placeholder="New password"
          autocomplete="off"
          required
          value={password}
          data-testid="new-password"
          onInput={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <Button submit testId="change-password">
          Change
        </Button>
      </form>
      <div class="action">
        <div>
          <b>New terms wait to be accepted</b>
          <small>No sign-in until then.</small>
        </div>
        <Switch
          on={state.policy.consentNeeded}
          label="New terms wait to be accepted"
          onToggle={(needed) =>
            act(needed ? 'Terms have to be accepted first.' : 'Terms are accepted.', () =>
              simulator.demandConsent(needed),
            )
          }
        />
      </div>
    </Panel>
  );
};

export const CountersPanel = ({ state }: Pick<Props, 'state'>): JSX.Element => {
  const { passwordSignIns, refreshes, refreshesRefused, requests, writes } = state.counters;
  return (
    <Panel title="What the app asked for" testId="counters">
      <ul class="counts">
        <li>
          <b data-testid="count-sign-ins">{passwordSignIns}</b> sign-ins with a password
        </li>
        <li>
          <b>{refreshes}</b> renewed{refreshesRefused > 0 && `, ${refreshesRefused} refused`}
        </li>
        <li>
          <b>{Object.values(requests).reduce((sum, count) => sum + count, 0)}</b> requests
        </li>
      </ul>
      <h3 class="day">Newest writes</h3>
      {writes.length === 0 && <Empty>Nothing has been written yet.</Empty>}
      <ul>
        {writes
          .slice(-6)
          .reverse()
          .map(({ at, registerName, value, accepted }, index) => (
            <li key={index} class="write" data-testid="write">
              <time>{formatSeconds(at)}</time>
              <span>{readableName(registerName ?? 'unknown')}</span>
              <b>{value}</b>
              {!accepted && <em>refused</em>}
            </li>
          ))}
      </ul>
    </Panel>
  );
};
