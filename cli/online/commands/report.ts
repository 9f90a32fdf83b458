import { writeFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { Problem } from '../../problem.js';
import { readProfile, readRegisters } from '../dump.js';
import { choosePump, noEnd, PUMP_OPTION } from '../pumps.js';
import { makeReport } from '../report.js';
import { OnlineOptions, originOption, withAccount } from '../session.js';

const Options = OnlineOptions.extend({ pump: z.string().optional(), out: z.string().optional() });

export const report: Leaf<z.output<typeof Options>> = {
  usage: 'report',
  summary: 'write down everything that is known of a heat pump, to be handed to somebody who can help',
  details: [
    'All registers with their values and limits, the alarms and the state of the sign-in. Names, addresses, e-mail addresses,',
    'serial numbers, ids, passwords and tokens are not in it. The sandbox can play the pump from it:',
    '`npm start -- --capture FILE`.',
  ].join(' '),
  examples: ['thermia online report --out pump.json', 'npm start -- --capture pump.json'],
  options: [{ flags: '--out <file>', means: 'write to this file' }, PUMP_OPTION, originOption],
  schema: Options,
  run: (shell, options) =>
    withAccount(shell, options, async (session) => {
      const { online } = session;
      const { identity, ...listing } = await choosePump(session, options.pump);
      const { id } = identity;
      const profile = await readProfile(session, id);
      const status = await online.api.installations.status(id, noEnd());
      const groups = profile.groups.map(({ name }) => name);
      const registers = await readRegisters(session, shell.out, id, profile, groups);
      const events = await online.api.events.events(
        id,
        { onlyActive: false, timeZone: profile.timeZone },
        noEnd(),
      );
      const made = makeReport({
        at: shell.now(),
        profile,
        installation: { ...identity, online: listing.online },
        status,
        registers,
        events: events.map(({ eventTitle: title, severity, occurredAt, clearedAt }) => ({
          title,
          severity,
          occurredAt,
          clearedAt,
        })),
        session: { state: online.session().state, chain: online.chain(), requests: session.requests() },
      });
      if (options.out === undefined) {
        shell.out.data(made);
        return;
      }
      const text = shell.secrets.clean(`${JSON.stringify(made, null, 2)}\n`);
      try {
        await writeFile(options.out, text);
      } catch (error) {
        throw new Problem('file', `${options.out} cannot be written.`, error);
      }
      const count = Object.values(registers).flat().length;
      if (shell.out.json) shell.out.data({ file: options.out, registers: count });
      else
        shell.out.print(`Wrote ${count} registers to ${options.out}. Look through it before you hand it on.`);
    }),
};
