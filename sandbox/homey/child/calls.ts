import type { Args } from '../json.js';

/** What the Homey can ask of the app's process, by the name of the event. */
export type Calls = Readonly<Record<string, (data: Args) => unknown>>;
