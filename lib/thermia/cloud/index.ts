export type { ThermiaApi } from './api.js';
export { createThermiaOnline } from './online.js';
export type * from './types.js';
export type * from './wire.js';
