import pc from 'picocolors';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import type { PumpSnapshot, Reading, ReadingId } from '../../../lib/thermia/index.js';
import { ageOf, localTime, shown } from '../../terminal/format.js';
import { withCount } from '../../terminal/progress.js';
import { choosePump, PUMP_OPTION } from '../pumps.js';
import { OnlineOptions, originOption, withAccount } from '../session.js';

const connection = (online: boolean | null): string =>
  online === null ? 'not known' : online ? pc.green('connected') : pc.red('not connected');

export const pumps: Leaf<OnlineOptions> = {
  usage: 'pumps',
  summary: 'list the heat pumps of the account',
  options: [originOption],
  schema: OnlineOptions,
  run: (shell, options) =>
    withAccount(shell, options, async ({ account }) => {
      const all = await account.list();
      if (shell.out.json) {
        shell.out.data(all.map(({ identity, ...rest }) => ({ ...identity, ...rest })));
        return;
      }
      if (all.length === 0) shell.out.print('There is no heat pump in this account.');
      else {
        shell.out.print(
          shell.out.table(
            ['Name', 'Model', 'Connection', 'Last heard of', 'Alarms', 'Id'],
            all.map(({ identity: { id, name, model }, online, lastOnline, alarms }) => [
              name ?? '–',
              model ?? '–',
              connection(online),
              localTime(lastOnline),
              alarms === null ? '–' : String(alarms),
              pc.dim(id),
            ]),
          ),
        );
      }
    }),
};

const PumpOptions = OnlineOptions.extend({ pump: z.string().optional() });

const readingRows = ({ readings }: PumpSnapshot, now: number): string[][] =>
  (Object.entries(readings) as [ReadingId, Reading<unknown>][]).map(
    ([id, { value, unit, changedAt, freshness }]) => [
      id,
      Array.isArray(value) ? (value.length === 0 ? '–' : value.join(', ')) : shown(value, unit),
      ageOf(changedAt ?? null, now),
      freshness === 'stale' ? pc.yellow('old') : '',
    ],
  );

const controlRows = ({ controls }: PumpSnapshot): string[][] =>
  [...controls.values()].map((control) => {
    const takes =
      control.kind === 'switch'
        ? 'on, off'
        : control.kind === 'number'
          ? `${control.limits.min} to ${control.limits.max}, step ${control.limits.step}`
          : control.options.map(({ value }) => value).join(', ');
    return [control.id, shown(control.value, control.kind === 'number' ? control.unit : null), takes];
  });

export const status: Leaf<z.output<typeof PumpOptions>> = {
  usage: 'status',
  summary: 'read everything of a heat pump: readings, their age, and what can be changed',
  details:
    'Takes some 30 requests. The age is the time since the pump last changed the value, where the service says. A value is old when the pump is not connected.',
  options: [PUMP_OPTION, originOption],
  schema: PumpOptions,
  run: (shell, options) =>
    withAccount(shell, options, async (session) => {
      const { account } = session;
      const { identity, online, lastOnline } = await choosePump(session, options.pump);
      await withCount(
        shell.out,
        'Reading the heat pump',
        () => session.requests(),
        () => account.refresh(identity.id),
      );
      const snapshot = account.snapshot(identity.id);
      if (snapshot === null) return;
      if (shell.out.json) {
        const { controls, unknown, ...rest } = snapshot;
        shell.out.data({
          ...rest,
          online,
          lastOnline,
          controls: [...controls.values()],
          unknown: Object.fromEntries(unknown),
        });
        return;
      }
      const { name, model } = snapshot.identity;
      const head = `${pc.bold(name ?? identity.id)}  ${model ?? ''}  ${connection(online)}`;
      const readings = shell.out.table(['Reading', 'Value', 'Age', ''], readingRows(snapshot, shell.now()), {
        right: [1, 2],
      });
      const controls = shell.out.table(['Can be set', 'Now', 'Takes'], controlRows(snapshot), { right: [1] });
      shell.out.print([head, readings, controls].join('\n\n'));
    }),
};
