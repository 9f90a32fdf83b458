import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Capability, Device } from '../../client/schemas.js';
import { isOld } from '../../pure/device-view.js';
import { formatClock, plainValue } from '../../pure/format.js';
import { daysOf, isPlanned, kindsOf, type Change, type DayName, type PlanDay } from '../../pure/plan-days.js';
import { bands, linePoints, withLive } from '../../pure/series.js';
import { now } from '../../state/world.js';
import { Button, Empty, Panel, Spinner } from '../../ui/controls.js';
import { Icon } from '../../ui/icons.js';
import { DayChart, Swatch } from './day-chart.js';
import { useDayLog, usePlanDays, useTick } from './day-data.js';

/** The capability in which the device says in words what its plan for the hot water does, if it has one. */
export const planOf = (device: Device): Capability | undefined => device.capabilitiesObj['hot_water_plan'];

const TEMPERATURE = 'measure_temperature';
const RESCUE = 'hot_water_rescue';
const STEP_MS = 300_000;
const TITLES: Readonly<Record<DayName, string>> = {
  yesterday: 'Yesterday',
  today: 'Today',
  tomorrow: 'Tomorrow',
};

const NOTHING: Readonly<Record<DayName, string>> = {
  yesterday: 'Nothing was switched.',
  today: 'Nothing is switched today.',
  tomorrow: 'Nothing will be switched.',
};

const goToSettings = (): void => {
  const field = document.querySelector<HTMLElement>('[data-testid="setting-plan_mode"]');
  field?.closest('fieldset')?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  field?.focus({ preventScroll: true });
};

const NoPlan = (): JSX.Element => (
  <div class="day-empty" data-testid="day-empty">
    <Icon name="drop" size={30} />
    <div>
      <b>The hot water has no plan yet</b>
      <p>
        Name the hours without hot water, or let it heat in the cheapest ones. It works by itself, keeps the
        water from getting cold, and says here what it does and why.
      </p>
    </div>
    <Button look="primary" onPress={goToSettings} testId="day-set-up">
      Make a plan
    </Button>
  </div>
);

const ChangeRow = ({ at, on, tone, text, planned }: Change): JSX.Element => (
  <li class={planned ? 'planned' : ''} data-testid="day-change">
    <time>{formatClock(at)}</time>
    <Swatch on={on} tone={tone} />
    <span>
      <b>{on ? 'On' : 'Off'}</b>
      <small>{text}</small>
    </span>
  </li>
);

const Changes = ({ day: { name, changes } }: { day: PlanDay }): JSX.Element => {
  const [done, planned] = [changes.filter((one) => !one.planned), changes.filter((one) => one.planned)];
  const list = (title: string, rows: readonly Change[]): JSX.Element | null =>
    rows.length === 0 ? null : (
      <>
        <h3>{title}</h3>
        <ol>
          {rows.map((row) => (
            <ChangeRow key={row.at} {...row} />
          ))}
        </ol>
      </>
    );
  return (
    <div class="day-changes" data-testid="day-changes">
      {changes.length === 0 && <Empty>{NOTHING[name]}</Empty>}
      {list('Switched', done)}
      {list('To come', planned)}
    </div>
  );
};

const rescueLimit = ({ settings }: Device): number | null => {
  const below = settings['plan_rescue_below'];
  return settings['plan_rescue'] === true && typeof below === 'number' ? below : null;
};

interface DayProps {
  readonly device: Device;
  readonly day: PlanDay;
  readonly askedAt: number;
  readonly tick: number;
}

const Day = ({ device, day, askedAt, tick }: DayProps): JSX.Element => {
  const at = now.value;
  const kept = useDayLog(device, TEMPERATURE, day.name, tick);
  const rescue = useDayLog(device, RESCUE, day.name, tick);
  const isCurrent = day.name === 'today' && !isOld(device, at);
  const live = isCurrent ? (device.capabilitiesObj[TEMPERATURE]?.value ?? null) : null;
  const temperatures = linePoints(
    withLive(kept?.values ?? [], kept?.step ?? STEP_MS, at, typeof live === 'number' ? live : null),
  );
  return (
    <div class="day-body">
      <div>
        <DayChart
          key={day.name}
          day={day}
          now={at}
          askedAt={askedAt}
          temperatures={temperatures}
          rescues={bands(rescue?.values ?? [], rescue?.step ?? STEP_MS, at)}
          rescueBelow={rescueLimit(device)}
        />
        <ul class="day-kinds" aria-label="Colours">
          {kindsOf(day.segments).map(({ on, tone, text }) => (
            <li key={`${String(on)} ${tone} ${text}`}>
              <Swatch on={on} tone={tone} />
              {on === null ? text : `${on ? 'On' : 'Off'}: ${text}`}
            </li>
          ))}
        </ul>
      </div>
      <Changes day={day} />
    </div>
  );
};

const Planned = ({ device, words }: { device: Device; words: Capability }): JSX.Element => {
  const tick = useTick();
  const { plan, problem } = usePlanDays(device, tick);
  const [chosen, setChosen] = useState<DayName>('today');
  const planned = plan !== null && isPlanned(plan);
  const days = planned ? daysOf(plan) : [];
  const day = days.find(({ name }) => name === chosen) ?? days[0];
  return (
    <Panel
      title="Hot water plan"
      testId="day-view"
      className="plan-day"
      aside={
        days.length > 1 && (
          <div class="segments small" role="tablist" aria-label="Day">
            {days.map(({ name }) => (
              <button
                key={name}
                type="button"
                role="tab"
                aria-selected={name === day?.name}
                onClick={() => setChosen(name)}
                data-testid={`day-${name}`}
              >
                {TITLES[name]}
              </button>
            ))}
          </div>
        )
      }
    >
      {plan !== null && !planned ? (
        <NoPlan />
      ) : (
        <p class="plan-words" data-testid="plan-words">
          {plan?.sentence ?? plainValue(words)}
        </p>
      )}
      {plan === null && problem === '' && <Spinner />}
      {plan === null && problem !== '' && <Empty>{problem}</Empty>}
      {plan !== null && day !== undefined && <Day device={device} day={day} askedAt={plan.now} tick={tick} />}
    </Panel>
  );
};

/** The day of the hot water, for devices that plan it. */
export const DayView = ({ device }: { device: Device }): JSX.Element | null => {
  const words = planOf(device);
  return words === undefined ? null : <Planned key={device.id} device={device} words={words} />;
};
