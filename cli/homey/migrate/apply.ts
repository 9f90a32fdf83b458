import { join } from 'node:path';
import * as z from 'zod';
import { privateFile, type PrivateFile } from '../../files/private-file.js';
import type { Shell } from '../../shell.js';
import type { Homey } from '../client.js';
import type { Device } from '../devices.js';
import { allFlows } from '../flows.js';
import type { Survey } from './survey.js';

const Setting = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const Step = z.strictObject({
  /** ISO time. */
  at: z.string(),
  homey: z.string(),
  device: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  /** As they were before. */
  settings: z.record(z.string(), Setting),
  flows: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});
export type Step = z.output<typeof Step>;

const Journal = z.strictObject({ version: z.literal(1), steps: z.array(Step) });

/** What was changed, newest last, so that it can be undone. */
export const journalOf = ({ folder }: Pick<Shell, 'folder'>): PrivateFile<z.output<typeof Journal>> =>
  privateFile(join(folder, 'migrations.json'), Journal);

const setSettings = (
  homey: Homey,
  id: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<unknown> => homey.call('devices', 'setDeviceSettings', { id, settings });

const switchFlow = (homey: Homey, id: string, enabled: boolean): Promise<unknown> =>
  homey.call('flow', 'updateFlow', { id, flow: { enabled } });

/** Which Homey this is, for a record that must not be undone on another. */
export const identityOf = async (homey: Homey): Promise<string> => {
  const Info = z.object({ homeyId: z.string().nullish(), cloudId: z.string().nullish() });
  const { homeyId, cloudId } = Info.parse(await homey.call('system', 'getInfo'));
  return homeyId ?? cloudId ?? 'unknown';
};

/** The plan first: a Flow is switched off only when what replaces it is there. Written down before anything is changed. */
export const apply = async (
  shell: Shell,
  homey: Homey,
  found: Survey,
  device: Device | null,
): Promise<void> => {
  const journal = journalOf(shell);
  const before = Object.keys(found.settings).map((id) => [
    id,
    Setting.catch(null).parse(device?.settings[id]),
  ]);
  const step: Step = {
    at: new Date(shell.now()).toISOString(),
    homey: await identityOf(homey),
    device: device === null ? null : { id: device.id, name: device.name },
    settings: Object.fromEntries(before) as Step['settings'],
    flows: found.replaced.map(({ id, name }) => ({ id, name })),
  };
  const { steps } = (await journal.read()) ?? { steps: [] };
  await journal.write({ version: 1, steps: [...steps, step] });
  if (device !== null && before.length > 0) await setSettings(homey, device.id, found.settings);
  for (const { id } of found.replaced) await switchFlow(homey, id, false);
};

export interface Undone {
  readonly enabled: readonly string[];
  readonly gone: readonly string[];
  readonly device: string | null;
}

/** Takes the newest step back: the Flows first, so that hot water is never without either. */
export const undo = async (shell: Shell, homey: Homey, step: Step): Promise<Undone> => {
  const present = new Set((await allFlows(homey)).map(({ id }) => id));
  for (const { id } of step.flows) if (present.has(id)) await switchFlow(homey, id, true);
  const settings = Object.fromEntries(Object.entries(step.settings).filter(([, value]) => value !== null));
  if (step.device !== null && Object.keys(settings).length > 0)
    await setSettings(homey, step.device.id, settings);
  const journal = journalOf(shell);
  const { steps } = (await journal.read()) ?? { steps: [] };
  const rest = steps.filter(({ at }) => at !== step.at);
  if (rest.length === 0) await journal.erase();
  else await journal.write({ version: 1, steps: rest });
  return {
    enabled: step.flows.filter(({ id }) => present.has(id)).map(({ name }) => name),
    gone: step.flows.filter(({ id }) => !present.has(id)).map(({ name }) => name),
    device: Object.keys(settings).length > 0 ? (step.device?.name ?? null) : null,
  };
};
