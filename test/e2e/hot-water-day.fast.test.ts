import { expect, it } from 'vitest';
import { liveDays } from '../support/sandbox-week.js';

/** A day in not quite two minutes. */
const SPEED = 900;

// How it compares with the Flows is counted in virtual time; at this speed a busy computer is a bad network.
it('a day of the built app with the plan goes by, switched and not cold', async () => {
  const plan = await liveDays(1, SPEED);
  console.log(JSON.stringify(plan));
  expect(plan.writes).toBeGreaterThan(0);
  expect(plan.coldest).toBeGreaterThanOrEqual(45);
}, 300_000);
