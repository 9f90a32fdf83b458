import pc from 'picocolors';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { localTime } from '../../terminal/format.js';
import { readProfile } from '../dump.js';
import { choosePump, noEnd, PUMP_OPTION } from '../pumps.js';
import { OnlineOptions, originOption, withAccount } from '../session.js';

const Options = OnlineOptions.extend({ pump: z.string().optional(), all: z.boolean().default(false) });

export const alarms: Leaf<z.output<typeof Options>> = {
  usage: 'alarms',
  summary: 'show the active alarms, or all there were',
  options: [{ flags: '--all', means: 'those that are over as well' }, PUMP_OPTION, originOption],
  schema: Options,
  run: (shell, options) =>
    withAccount(shell, options, async (session) => {
      const { out } = shell;
      const { identity } = await choosePump(session, options.pump);
      const { timeZone } = await readProfile(session, identity.id);
      const events = await session.online.api.events.events(
        identity.id,
        { onlyActive: !options.all, timeZone },
        noEnd(),
      );
      if (out.json) {
        out.data(
          events.map(({ eventTitle, severity, occurredAt, clearedAt }) => ({
            title: eventTitle,
            severity,
            occurredAt,
            clearedAt,
          })),
        );
      } else if (events.length === 0)
        out.print(options.all ? 'There were no alarms.' : 'There are no active alarms.');
      else {
        out.print(
          shell.out.table(
            ['Alarm', 'Severity', 'Since', 'Until'],
            events.map(({ eventTitle, severity, occurredAt, clearedAt }) => [
              eventTitle ?? '–',
              severity ?? '–',
              localTime(occurredAt),
              clearedAt === null ? pc.red('active') : localTime(clearedAt),
            ]),
          ),
        );
      }
    }),
};
