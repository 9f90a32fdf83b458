/** The built app in the sandbox for seven days: the three Flows that people have, and the plan in their place. */
import { liveDays, type LivedDays } from '../../test/support/sandbox-week.js';
import { printTable } from './table.js';

const days = Number(process.argv[2] ?? 7);
const speed = Number(process.argv[3] ?? 1800);
const row = (name: string, lived: LivedDays): readonly (string | number)[] => [
  name,
  Math.round(lived.minutesBelow50),
  lived.coldest,
  Math.round(lived.heatingMinutes),
  Math.round(lived.expensiveMinutes),
  lived.writes,
  lived.looks,
  lived.warnings.length,
];
const [flows, plan] = await Promise.all([liveDays('flows', days, speed), liveDays('plan', days, speed)]);
printTable(`Hot water for ${days} days of sandbox time, ${speed} times as fast as life`, [
  ['', 'min < 50 °C', 'coldest', 'heating min', '06-22', 'writes', 'looks', 'warnings'],
  row('three Flows', flows),
  row('the plan', plan),
]);
// A day of sandbox time takes seconds; where much was warned of, the figures speak of the computer.
for (const line of [...flows.warnings, ...plan.warnings]) console.log(line);
