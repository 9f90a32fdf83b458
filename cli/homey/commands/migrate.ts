import pc from 'picocolors';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { Problem } from '../../problem.js';
import type { Shell } from '../../shell.js';
import { localTime, shown, timeOf } from '../../terminal/format.js';
import { table } from '../../terminal/table.js';
import type { Homey } from '../client.js';
import { chooseDevice, type Device } from '../devices.js';
import { allAdvancedFlows, allFlows } from '../flows.js';
import { apply, identityOf, journalOf, undo } from '../migrate/apply.js';
import { survey, type Survey } from '../migrate/survey.js';
import { withHomey } from '../sign-in.js';

const Variable = z.object({ id: z.string(), name: z.string() });

const look = async (homey: Homey): Promise<Survey> => {
  const variables = z
    .record(z.string(), Variable)
    .parse(await homey.call('logic', 'getVariables', { $cache: false }));
  return survey(Object.values(variables), await allFlows(homey), await allAdvancedFlows(homey));
};

const described = (found: Survey, device: Device | null): string => {
  const { variables, replaced, leftAlone, settings } = found;
  const blocks: string[] = [];
  if (variables.length > 0) {
    blocks.push(
      table(
        ['Variable', 'What replaces it'],
        variables.map(({ name, replacedBy }) => [name, replacedBy]),
      ),
    );
  }
  if (replaced.length > 0) {
    blocks.push(
      table(
        ['Flow, to be switched off', 'What it does', 'What replaces it'],
        replaced.map(({ name, does, replacedBy }) => [pc.green(name), does, replacedBy]),
      ),
    );
  }
  if (leftAlone.length > 0) {
    blocks.push(
      table(
        ['Flow, left alone', 'Why'],
        leftAlone.map(({ name, why }) => [pc.yellow(name), why]),
      ),
    );
  }
  if (device !== null && Object.keys(settings).length > 0) {
    blocks.push(
      table(
        [`Setting of ${device.name}`, 'Now', 'Then'],
        Object.entries(settings).map(([id, value]) => [
          id,
          shown(device.settings[id]),
          pc.bold(shown(value)),
        ]),
      ),
    );
  }
  return blocks.join('\n\n');
};

/** The device that gets the plan; none where there is nothing to plan. */
const planned = async (
  homey: Homey,
  { settings }: Survey,
  wanted: string | undefined,
): Promise<Device | null> => {
  if (Object.keys(settings).length === 0) return null;
  const device = await chooseDevice(homey, wanted);
  if (device.settings['plan_mode'] === undefined) {
    throw new Problem(
      'refused',
      `"${device.name}" has no hot water plan: update the Thermia app first. Nothing was changed.`,
    );
  }
  return device;
};

const takeBack = async (shell: Shell, homey: Homey): Promise<void> => {
  const { out } = shell;
  const step = (await journalOf(shell).read())?.steps.at(-1);
  if (step === undefined) throw new Problem('not_found', 'There is no migration to undo.');
  if (step.homey !== (await identityOf(homey))) {
    throw new Problem('refused', 'The last migration was made on another Homey: sign in to that one first.');
  }
  const { enabled, gone, device } = await undo(shell, homey, step);
  if (out.json) {
    out.data({ undone: step.at, enabled, gone, device });
    return;
  }
  out.print(`The migration of ${localTime(timeOf(step.at))} is undone.`);
  if (enabled.length > 0) out.print(`Switched on again: ${enabled.join(', ')}.`);
  if (device !== null) out.print(`The hot water plan of ${device} is what it was before.`);
  if (gone.length > 0) out.print(`These Flows are gone meanwhile: ${gone.join(', ')}.`);
};

const Options = z.object({
  device: z.string().optional(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  undo: z.boolean().default(false),
});

export const migrate: Leaf<z.output<typeof Options>> = {
  usage: 'migrate',
  summary:
    'replace "Thermia by HomeyScript" by the app: finds its variables and Flows, and says what replaces each',
  details: [
    'Looks for the seven thermia_ variables and for Flows that run the scripts thermia_read_temperatures and thermia_hotwater.',
    'With your yes it sets the hot water plan of the device and switches those Flows off; nothing is deleted, and --undo',
    'takes it back. A Flow that is not understood is named and left alone.',
  ].join('\n'),
  examples: ['thermia homey migrate --dry-run', 'thermia homey migrate', 'thermia homey migrate --undo'],
  options: [
    { flags: '--dry-run', means: 'only say what would be done' },
    { flags: '--yes', means: 'do it without asking, for scripts' },
    { flags: '--undo', means: 'take the last migration back' },
    { flags: '--device <name>', means: 'which heat pump gets the plan, by name or id' },
  ],
  schema: Options,
  run: (shell, options) =>
    withHomey(shell, async (homey) => {
      const { out } = shell;
      if (options.undo) {
        await takeBack(shell, homey);
        return;
      }
      const found = await look(homey);
      const { variables, replaced, leftAlone } = found;
      const device = await planned(homey, found, options.device);
      const data = { ...found, device: device === null ? null : { id: device.id, name: device.name } };
      if (variables.length + replaced.length + leftAlone.length === 0) {
        if (out.json) out.data({ ...data, done: false });
        else out.print('There is nothing of "Thermia by HomeyScript" on this Homey.');
        return;
      }
      if (!out.json) out.print(described(found, device));
      if (options.dryRun || replaced.length === 0) {
        if (out.json) out.data({ ...data, done: false });
        else
          out.print(
            `\n${replaced.length === 0 ? 'There is no Flow to switch off.' : 'This was a dry run.'} Nothing was changed.`,
          );
        return;
      }
      const flows = replaced.length === 1 ? 'one Flow' : `${replaced.length} Flows`;
      const question =
        device === null ? `Switch ${flows} off?` : `Set the plan of ${device.name} and switch ${flows} off?`;
      if (!options.yes && !(await shell.ask.confirm(question))) {
        if (out.json) out.data({ ...data, done: false });
        else out.print('Nothing was changed.');
        return;
      }
      try {
        await apply(shell, homey, found, device);
      } catch (error) {
        out.note('It was not finished: `thermia homey migrate --undo` takes back what was done.');
        throw error;
      }
      if (out.json) out.data({ ...data, done: true });
      else out.print(`\nDone: ${flows} switched off. \`thermia homey migrate --undo\` takes it back.`);
    }),
};
