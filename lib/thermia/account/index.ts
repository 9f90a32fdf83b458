export { createAccount, type AccountDependencies } from './account.js';
export { availabilityOf, NEEDS_A_PERSON, type Observed } from './availability.js';
export { createRequestCounter, type RequestCounter } from './budget.js';
export {
  CADENCE,
  DAILY_REQUESTS,
  INTERVAL,
  requestsPerDay,
  type Cadence,
  type PumpShape,
} from './cadence.js';
export type * from './types.js';
