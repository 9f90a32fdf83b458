/** Seven days of the real account and the real plan on simulated pumps: the three Flows that people have, and the plan in their place. */
import { liveVirtualDays, type Way } from '../../test/support/hot-water-cloud.js';
import { DEMO_PUMP, WARM_PUMP } from '../../test/support/hot-water-pumps.js';
import { printTable } from './table.js';

const days = Number(process.argv[2] ?? 7);
const intervalMin = Number(process.argv[3] ?? 5);
const WAYS: readonly (readonly [string, Way])[] = [
  ['three Flows', 'flows'],
  ['the plan', 'plan'],
];
const PUMPS = [
  ['a pump that keeps 53-58 °C', WARM_PUMP],
  ['a pump that keeps 45-52 °C', DEMO_PUMP],
] as const;
for (const [pumpName, pump] of PUMPS) {
  const rows: (readonly (string | number)[])[] = [];
  for (const [name, way] of WAYS) {
    const lived = await liveVirtualDays(way, pump, days, intervalMin);
    const { minutesBelow50, coldest, heatingMinutes, expensiveMinutes, writes, mostWrites } = lived;
    rows.push([name, minutesBelow50, coldest, heatingMinutes, expensiveMinutes, writes, mostWrites]);
  }
  printTable(`Hot water for ${days} days, read every ${intervalMin} minutes: ${pumpName}`, [
    ['', 'min < 50 °C', 'coldest', 'heating min', '06-22', 'writes', 'most in 24 h'],
    ...rows,
  ]);
}
