import { text, type ManagerOperations } from '../dispatch.js';
import type { SdkCalls } from '../devices/sdk-calls.js';
import type { Insights } from '../insights/logs.js';

export const insightsManager = (insights: Insights): ManagerOperations => ({
  getLogs: () => Object.fromEntries(insights.all().map((log) => [log.id, insights.present(log)])),
  getLog: (args) => insights.present(insights.get(text(args, 'id'))),
  getLogEntries: (args) => {
    const { resolution } = args;
    return insights.entries(text(args, 'id'), typeof resolution === 'string' ? resolution : undefined);
  },
  deleteLogEntries: (args) => insights.clear(text(args, 'id')),
  deleteLog: (args) => insights.remove(text(args, 'id')),
});

export const insightsCalls = (insights: Insights): SdkCalls => ({
  'insights.createLog': (data) => insights.create(String(data['id']), data['options']),
  'insights.getLog': (data) => insights.own(String(data['id'])).ownerId,
  'insights.getLogs': () => insights.owned(),
  'insights.createEntry': (data) => insights.append(String(data['id']), data['value']),
  'insights.deleteLog': (data) => insights.remove(insights.own(String(data['id'])).id),
});
