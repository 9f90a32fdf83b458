import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { filterLog } from '../pure/app-log.js';
import { formatSeconds } from '../pure/format.js';
import { appLog } from '../state/world.js';
import { Empty, Panel } from '../ui/controls.js';

export const AppLog = (): JSX.Element => {
  const [open, setOpen] = useState(true);
  const [words, setWords] = useState('');
  const [errorsOnly, setErrorsOnly] = useState(false);
  const lines = filterLog(appLog.value, words, errorsOnly).slice(-400).reverse();
  return (
    <Panel
      title="App log"
      className="log-panel"
      testId="app-log"
      aside={
        <button
          type="button"
          class="button quiet"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="app-log-toggle"
        >
          {open ? 'Hide' : 'Show'}
        </button>
      }
    >
      {open && (
        <>
          <div class="log-tools">
            <input
              class="input search"
              type="search"
              placeholder="Filter"
              aria-label="Filter the log"
              value={words}
              data-testid="app-log-filter"
              onInput={({ currentTarget }) => setWords(currentTarget.value)}
            />
            <label class="field inline">
              <span class="field-label">Errors only</span>
              <input
                type="checkbox"
                checked={errorsOnly}
                onChange={({ currentTarget }) => setErrorsOnly(currentTarget.checked)}
              />
            </label>
          </div>
          {lines.length === 0 && (
            <Empty>
              {appLog.value.length === 0 ? 'The app has not said anything yet.' : 'No line matches.'}
            </Empty>
          )}
          {lines.length > 0 && (
            <ol class="log" tabIndex={0} aria-label="Lines of the app, newest first">
              {lines.map(({ key, at, level, text }) => (
                <li key={key} class={`line ${level}`} data-testid="app-log-line">
                  <time>{at === null ? '' : formatSeconds(at)}</time>
                  <span>{text}</span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </Panel>
  );
};
