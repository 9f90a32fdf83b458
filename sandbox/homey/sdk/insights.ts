import type { Link } from '../link.js';
import { strict } from './missing.js';

interface InsightsLog {
  readonly id: string;
  readonly createEntry: (value: unknown) => Promise<void>;
}

export interface InsightsManager {
  readonly createLog: (id: string, options: unknown) => Promise<InsightsLog>;
  readonly getLog: (id: string) => Promise<InsightsLog>;
  readonly getLogs: () => Promise<InsightsLog[]>;
  readonly deleteLog: (log: InsightsLog) => Promise<void>;
}

/** Logs of the app's own. An app writes them and cannot read them back. */
export const createInsights = (link: Link): InsightsManager => {
  const logOf = (id: string): InsightsLog =>
    strict(
      {
        id,
        createEntry: async (value: unknown): Promise<void> => {
          await link.call('insights.createEntry', { id, value });
        },
      },
      'InsightsLog',
    );
  return strict(
    {
      createLog: async (id, options) => {
        await link.call('insights.createLog', { id, options });
        return logOf(id);
      },
      getLog: async (id) => {
        await link.call('insights.getLog', { id });
        return logOf(id);
      },
      getLogs: async () => {
        const ids = await link.call('insights.getLogs');
        return Array.isArray(ids) ? ids.map((id) => logOf(String(id))) : [];
      },
      deleteLog: async ({ id }) => {
        await link.call('insights.deleteLog', { id });
      },
    } satisfies InsightsManager,
    'homey.insights',
  );
};
