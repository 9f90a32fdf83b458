/** A week of hot water under different ways to switch it: comfort, expensive hours, switchings, cost. */
import { planOf } from '../../test/support/hot-water-rig.js';
import { HOUSEHOLDS, simulateWeek, type Strategy } from '../../test/support/hot-water-week.js';

const plan = (settings: Readonly<Record<string, unknown>>): Strategy => ({
  kind: 'plan',
  plan: planOf(settings),
});

const cheapest = { plan_mode: 'cheapest', plan_cheap_hours: 6 };
const STRATEGIES: readonly (readonly [string, Strategy])[] = [
  ['always on', { kind: 'always_on' }],
  ['three Flows: 06-22 off, rescue below 50', { kind: 'flows' }],
  ['06-22 off, rescue 50', plan({ plan_mode: 'fixed' })],
  ['06-22 off, rescue 42', plan({ plan_mode: 'fixed', plan_rescue_below: 42 })],
  ['6 cheapest hours, rescue 50', plan(cheapest)],
  ['6 cheapest hours, rescue 42', plan({ ...cheapest, plan_rescue_below: 42 })],
  ['6 cheapest by 18:00, rescue 42', plan({ ...cheapest, plan_ready_by: '18:00', plan_rescue_below: 42 })],
  [
    'up to 0.60 kr or 4 hours, rescue 42',
    plan({ ...cheapest, plan_cheap_hours: 0, plan_price_ceiling: 0.6, plan_rescue_below: 42 }),
  ],
];

const COLUMNS = ['min < 50', 'coldest', 'heating', '06-22', 'dear', 'kWh', 'cost', 'writes'];
const width = Math.max(...STRATEGIES.map(([name]) => name.length));
for (const [name, household] of Object.entries(HOUSEHOLDS)) {
  const title = `${name}, ${household.tank.litres} l`;
  console.log(`\n${title.padEnd(width)}  ${COLUMNS.map((each) => each.padStart(9)).join('')}`);
  for (const [strategyName, strategy] of STRATEGIES) {
    const week = simulateWeek(strategy, household);
    const cells = [
      String(week.minutesBelow50),
      week.coldest.toFixed(1),
      String(week.heatingMinutes),
      String(week.daytimeMinutes),
      String(week.dearMinutes),
      week.kWh.toFixed(1),
      week.cost.toFixed(2),
      String(week.writes),
    ];
    console.log(`${strategyName.padEnd(width)}  ${cells.map((each) => each.padStart(9)).join('')}`);
  }
}
console.log(
  '\nMinutes below 50 °C, coldest °C, minutes of heating: all, 06-22, in hours above the mean of their day; kr for a week.',
);
