export { createAccount, type AccountDependencies } from './account.js';
export { availabilityOf, type Observed } from './availability.js';
export { createRequestCounter, type RequestCounter } from './budget.js';
export { CADENCE, DAILY_REQUESTS, INTERVAL, type Cadence } from './cadence.js';
export type * from './types.js';
