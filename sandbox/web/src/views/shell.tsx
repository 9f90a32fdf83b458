import { useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { formatClock, formatWeekday } from '../pure/format.js';
import { linkTo, type Route } from '../pure/routes.js';
import { nextTheme, theme } from '../state/theme.js';
import { connection, failure, hello, now, route } from '../state/world.js';
import { Button, Notice } from '../ui/controls.js';
import { Dialog } from '../ui/dialog.js';
import { Icon, type IconName } from '../ui/icons.js';

type Page = Exclude<Route['page'], 'device'>;

const PAGES: readonly {
  readonly page: Page;
  readonly title: string;
  readonly short?: string;
  readonly icon: IconName;
}[] = [
  { page: 'home', title: 'Home', icon: 'home' },
  { page: 'flow', title: 'Flow', icon: 'flow' },
  { page: 'insights', title: 'Insights', icon: 'chart' },
  { page: 'activity', title: 'Activity', icon: 'bell' },
  { page: 'pump', title: 'Behind the scenes', short: 'Pump', icon: 'wrench' },
];

const CONNECTION = {
  connecting: 'Connecting…',
  online: 'Connected',
  offline: 'Connection lost, trying again…',
  failed: 'Not connected',
} as const;

const Nav = (): JSX.Element => {
  const at = route.value.page === 'device' ? 'home' : route.value.page;
  return (
    <nav class="nav" aria-label="Pages">
      {PAGES.map(({ page, title, short, icon }) => (
        <a
          key={page}
          href={linkTo({ page })}
          aria-current={page === at ? 'page' : undefined}
          data-testid={`nav-${page}`}
        >
          <Icon name={icon} />
          <span class="long">{title}</span>
          <span class="short">{short ?? title}</span>
        </a>
      ))}
    </nav>
  );
};

const Connection = (): JSX.Element => (
  <span class={`connection ${connection.value}`} data-testid="connection" role="status">
    <i />
    {CONNECTION[connection.value]}
  </span>
);

/** A sandbox that has run faster than life is ahead of it ever after. */
const AHEAD_FROM_MS = 60_000;

const Clock = (): JSX.Element | null => {
  const speed = hello.value?.speed ?? 1;
  if (speed === 1 && Math.abs(now.value - Date.now()) < AHEAD_FROM_MS) return null;
  const title =
    speed === 1
      ? 'It is later here than outside: time has run faster before'
      : `Time runs ${speed} times as fast here`;
  return (
    <span class="sandbox-clock" data-testid="sandbox-clock" title={title}>
      <Icon name="clock" size={16} />
      {formatWeekday(now.value)} {formatClock(now.value)}
      {speed !== 1 && <b>× {speed}</b>}
    </span>
  );
};

const ThemeSwitch = (): JSX.Element => {
  const look = theme.value;
  return (
    <Button
      look="quiet"
      icon={look === 'light' ? 'sun' : look === 'dark' ? 'moon' : 'contrast'}
      label={look === 'system' ? 'Colours: as the system' : `Colours: ${look}`}
      onPress={nextTheme}
      testId="theme"
    />
  );
};

const About = ({ onClose }: { onClose: () => void }): JSX.Element => {
  const thermia = hello.value?.thermia ?? null;
  return (
    <Dialog title="What this is" onClose={onClose} testId="about">
      <div class="prose">
        <p>
          This page belongs to a <strong>stand-in for a Homey</strong>: a small program on this computer that
          runs the real app for heat pumps and speaks the Homey Web API. It is made from public documentation,
          not by Athom. What works here has yet to be seen on a Homey.
        </p>
        {thermia?.simulated === false ? (
          <p>
            The app talks to the Thermia server at <code>{thermia.address}</code>, which this sandbox did not
            start. What you switch here is switched there.
          </p>
        ) : (
          <p>
            The heat pumps, the account and the service they are reached by are{' '}
            <strong>simulated on this computer</strong>
            {thermia !== null && (
              <>
                {' '}
                (<code>{thermia.address}</code>)
              </>
            )}
            . Nothing here talks to Thermia, and no pump can be switched by accident.
          </p>
        )}
        <p>Not affiliated with Thermia or Athom; their names belong to them.</p>
      </div>
    </Dialog>
  );
};

const Honesty = (): JSX.Element => {
  const [open, setOpen] = useState(false);
  const thermia = hello.value?.thermia ?? null;
  return (
    <>
      <button type="button" class="honesty" onClick={() => setOpen(true)} data-testid="stand-in">
        <Icon name="info" size={15} />
        <span>
          {thermia?.simulated === false
            ? 'A stand-in for a Homey, with a Thermia server of your choice'
            : 'A stand-in, not a Homey. Nothing here talks to Thermia'}
        </span>
      </button>
      {open && <About onClose={() => setOpen(false)} />}
    </>
  );
};

const titleOf = (at: Route): string =>
  at.page === 'device' ? '' : (PAGES.find(({ page }) => page === at.page)?.title ?? '');

export const Shell = ({ children }: { children: ComponentChildren }): JSX.Element => {
  const title = titleOf(route.value);
  return (
    <div class="shell">
      <aside class="rail">
        <a class="brand" href={linkTo({ page: 'home' })}>
          <span class="brand-mark">
            <Icon name="drop" size={20} />
          </span>
          Heat pump sandbox
        </a>
        <Nav />
      </aside>
      <div class="stage">
        <header class="top">
          <Honesty />
          <div class="top-right">
            <Clock />
            <Connection />
            <ThemeSwitch />
          </div>
        </header>
        <main class="page">
          {title !== '' && <h1>{title}</h1>}
          {connection.value === 'failed' && (
            <Notice tone="bad" testId="no-homey">
              {failure.value}
            </Notice>
          )}
          {children}
        </main>
      </div>
    </div>
  );
};
