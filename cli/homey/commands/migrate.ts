import pc from 'picocolors';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { Problem } from '../../problem.js';
import type { Shell } from '../../shell.js';
import { localTime, shown, timeOf } from '../../terminal/format.js';
import type { Homey } from '../client.js';
import { chooseDevice, type Device } from '../devices.js';
import { allAdvancedFlows, allFlows } from '../flows.js';
import { redact } from '../../../lib/thermia/index.js';
import { withoutSecrets } from '../../terminal/secrets.js';
import { apply, identityOf, settingsBefore, undo } from '../migrate/apply.js';
import { whyNoPlan } from '../migrate/plan-device.js';
import { asBefore, journalOf, lastStep, stepFor, type Step, type StepsFile } from '../migrate/journal.js';
import { survey, type Survey } from '../migrate/survey.js';
import { withHomey } from '../sign-in.js';

const Variable = z.object({ id: z.string(), name: z.string() });

/** What there is on this Homey, and what an earlier run left open. */
const look = async (homey: Homey, journal: StepsFile) => {
  const identity = await identityOf(homey);
  const last = lastStep(await journal.read(), identity);
  const open = last === null || last.finished ? null : last;
  const variables = z
    .record(z.string(), Variable)
    .parse(await homey.call('logic', 'getVariables', { $cache: false }));
  const flows = asBefore(await allFlows(homey), open);
  return {
    identity,
    open,
    found: survey(Object.values(variables), flows, await allAdvancedFlows(homey)),
  };
};

const described = ({ out }: Shell, found: Survey, device: Device | null): string => {
  const { variables, replaced, leftAlone, settings, warnings } = found;
  const blocks: string[] = [];
  if (variables.length > 0) {
    blocks.push(
      out.table(
        ['Variable', 'What replaces it'],
        variables.map(({ name, replacedBy }) => [name, replacedBy]),
      ),
    );
  }
  if (replaced.length > 0) {
    blocks.push(
      out.table(
        ['Flow, to be switched off', 'What it does', 'What replaces it'],
        replaced.map(({ name, does, replacedBy }) => [pc.green(name), does, replacedBy]),
      ),
    );
  }
  if (leftAlone.length > 0) {
    blocks.push(
      out.table(
        ['Flow, left alone', 'Why'],
        leftAlone.map(({ name, why }) => [pc.yellow(name), why]),
      ),
    );
  }
  if (device !== null && Object.keys(settings).length > 0) {
    blocks.push(
      out.table(
        [`Setting of ${device.name}`, 'Now', 'Then'],
        Object.entries(settings).map(([id, value]) => [
          id,
          shown(device.settings[id]),
          pc.bold(shown(value)),
        ]),
      ),
    );
  }
  for (const warning of warnings) blocks.push(pc.bold(pc.yellow(warning)));
  return redact(blocks.join('\n\n'));
};

/** The device that gets the plan; none where there is nothing to plan. */
const planned = async (
  homey: Homey,
  { settings }: Survey,
  wanted: string | undefined,
  open: Step | null,
): Promise<Device | null> => {
  if (Object.keys(settings).length === 0) return null;
  const device = await chooseDevice(homey, wanted ?? open?.device?.id);
  const why = whyNoPlan(device, open);
  if (why !== null) throw new Problem('refused', `${why} Nothing was changed.`);
  return device;
};

const counted = (count: number): string => (count === 1 ? 'one Flow' : `${count} Flows`);
const quoted = (names: readonly string[]): string => names.map((name) => `"${redact(name)}"`).join(', ');

const takeBack = async (shell: Shell, homey: Homey, { dryRun, yes }: Options): Promise<void> => {
  const { out } = shell;
  const journal = journalOf(shell);
  const steps = await journal.read();
  if (steps.length === 0) throw new Problem('not_found', 'There is no migration to undo.');
  const step = lastStep(steps, await identityOf(homey));
  if (step === null)
    throw new Problem('refused', 'The last migration was made on another Homey: sign in to that one first.');
  const settings = settingsBefore(step);
  const plan = step.device === null || Object.keys(settings).length === 0 ? null : step.device.name;
  const back = plan === null ? '' : `, and put the plan of ${plan} back`;
  const names = step.flows.map(({ name }) => name);
  if (!out.json) {
    out.print(`The migration of ${localTime(timeOf(step.at))} switched off ${quoted(names)}.`);
    if (plan !== null)
      out.print(
        shell.out.table(
          [`Setting of ${plan}`, 'Again'],
          Object.entries(settings).map(([id, value]) => [id, shown(value)]),
        ),
      );
  }
  if (dryRun || !(yes || (await shell.ask.confirm(`Switch ${counted(names.length)} on again${back}?`)))) {
    if (out.json)
      out.data({
        at: step.at,
        flows: names.map((name) => redact(name)),
        device: plan,
        settings,
        done: false,
      });
    else out.print(`${dryRun ? 'This was a dry run. ' : ''}Nothing was changed.`);
    return;
  }
  const { enabled, gone, device, deviceGone } = await undo(journal, homey, step);
  if (out.json) {
    out.data({ undone: step.at, enabled, gone, device, deviceGone, done: true });
    return;
  }
  out.print(`The migration of ${localTime(timeOf(step.at))} is undone.`);
  if (enabled.length > 0) out.print(`Switched on again: ${enabled.map(redact).join(', ')}.`);
  if (device !== null) out.print(`The hot water plan of ${device} is what it was before.`);
  if (deviceGone) out.print(`${plan ?? 'The device'} is gone meanwhile, and its plan with it.`);
  if (gone.length > 0) out.print(`These Flows are gone meanwhile: ${gone.map(redact).join(', ')}.`);
};

const Options = z.object({
  device: z.string().optional(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  undo: z.boolean().default(false),
});
type Options = z.output<typeof Options>;

export const migrate: Leaf<Options> = {
  usage: 'migrate',
  summary:
    'replace "Thermia by HomeyScript" by the app: finds its variables and Flows, and says what replaces each',
  details: [
    'Looks for the seven thermia_ variables and for Flows that run the scripts thermia_read_temperatures and thermia_hotwater.',
    'With your yes it sets the hot water plan of the device and switches those Flows off; nothing is deleted, and --undo',
    'takes it back. A Flow that is not understood is named and left alone.',
  ].join(' '),
  examples: ['thermia homey migrate --dry-run', 'thermia homey migrate', 'thermia homey migrate --undo'],
  options: [
    { flags: '--dry-run', means: 'only say what would be done, or undone' },
    { flags: '--yes', means: 'do it without asking, for scripts' },
    { flags: '--undo', means: 'take the last migration back' },
    { flags: '--device <name>', means: 'which heat pump gets the plan, by name or id' },
  ],
  schema: Options,
  run: (shell, options) =>
    withHomey(shell, async (homey) => {
      const { out } = shell;
      if (options.undo) {
        await takeBack(shell, homey, options);
        return;
      }
      const journal = journalOf(shell);
      const { identity, open, found } = await look(homey, journal);
      const { variables, replaced, leftAlone } = found;
      const device = await planned(homey, found, options.device, open);
      const report = (done: boolean): void =>
        out.data(
          withoutSecrets({
            ...found,
            device: device === null ? null : { id: device.id, name: device.name },
            open: open?.at ?? null,
            done,
          }),
        );
      const end = (sentence: string): void => {
        if (out.json) report(false);
        else out.print(sentence);
      };
      if (variables.length + replaced.length + leftAlone.length === 0) {
        end('There is nothing of "Thermia by HomeyScript" on this Homey.');
        return;
      }
      if (!out.json) out.print(described(shell, found, device));
      if (open !== null) {
        out.note(
          `The migration of ${localTime(timeOf(open.at))} broke off half-way: this goes on with it; --undo takes it back.`,
        );
      }
      if (options.dryRun || replaced.length === 0) {
        end(
          `\n${replaced.length === 0 ? 'There is no Flow to switch off.' : 'This was a dry run.'} Nothing was changed.`,
        );
        return;
      }
      const flows = counted(replaced.length);
      const question =
        device === null ? `Switch ${flows} off?` : `Set the plan of ${device.name} and switch ${flows} off?`;
      if (!options.yes && !(await shell.ask.confirm(question))) {
        end('Nothing was changed.');
        return;
      }
      const at = new Date(shell.now()).toISOString();
      const step = stepFor(found, device, { at, homey: identity }, open);
      await apply(journal, homey, step, found, open !== null);
      if (out.json) report(true);
      else out.print(`\nDone: ${flows} switched off. \`thermia homey migrate --undo\` takes it back.`);
    }),
};
