import type { EventFlag } from './events.js';
import type { PageShape } from './sign-in/pages.js';

/** How the service behaves where it has been seen to differ, or where nobody knows. May be changed while it runs. */
export interface Behaviour {
  /** Sandbox milliseconds until an accepted write shows, half as much to half as much again. */
  writeLatencyMs: number;
  /** Milliseconds before every answer. */
  latencyMs: number;
  loginPage: PageShape;
  /** `installationsInfo` as `{totalCount, items}` or, as its predecessor did, a bare array. */
  listShape: 'paged' | 'array';
  /** Old installations that were never online, in the list only. */
  ghosts: number;
  /** What a group that the pump does not have gives. */
  unknownGroup: 'empty' | '404';
  /** The predecessor of `installationsInfo`, removed in November 2024. */
  ownList: boolean;
  eventFlag: EventFlag;
  /** History list as `{registers: []}` or as a bare array. */
  historyShape: 'object' | 'array';
  /** Change points an answer holds at most. */
  historyPage: number;
  /** Replaces `apiBaseUrl` in the configuration; null: the server's own origin. */
  apiBaseUrl: string | null;
}

export const usualBehaviour: Behaviour = {
  writeLatencyMs: 4000,
  latencyMs: 0,
  loginPage: 'one-line',
  listShape: 'paged',
  ghosts: 0,
  unknownGroup: 'empty',
  ownList: false,
  eventFlag: 'isActiveAlarm',
  historyShape: 'object',
  historyPage: 1000,
  apiBaseUrl: null,
};
