import { createEventsApi, type EventsApi } from './api/events.js';
import { createHistoryApi, type HistoryApi } from './api/history.js';
import { createInstallationsApi, type InstallationsApi } from './api/installations.js';
import { createRegistersApi, type RegistersApi } from './api/registers.js';
import { createSchedulesApi, type SchedulesApi } from './api/schedules.js';
import type { ApiClient } from './client.js';

/** Every endpoint that is known, each typed as its answer was seen. All of them reject with a ThermiaError. */
export interface ThermiaApi {
  readonly installations: InstallationsApi;
  readonly registers: RegistersApi;
  readonly events: EventsApi;
  readonly history: HistoryApi;
  readonly schedules: SchedulesApi;
}

/** `clientUuid` names this client in writes; any text will do. */
export const createThermiaApi = (client: ApiClient, clientUuid: string): ThermiaApi => ({
  installations: createInstallationsApi(client),
  registers: createRegistersApi(client, clientUuid),
  events: createEventsApi(client),
  history: createHistoryApi(client),
  schedules: createSchedulesApi(client),
});
