import { join } from 'node:path';
import * as z from 'zod';
import { privateFile, type PrivateFile } from '../../files/private-file.js';
import type { Shell } from '../../shell.js';
import type { Device } from '../devices.js';
import type { Flow } from '../flows.js';
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
  /** False while it is under way, and where it broke off. */
  finished: z.boolean().default(true),
});
export type Step = z.output<typeof Step>;

const Journal = z.strictObject({ version: z.literal(1), steps: z.array(Step) });
type Journal = z.output<typeof Journal>;

/** What was changed, newest last, so that it can be undone. */
export interface StepsFile {
  read(): Promise<readonly Step[]>;
  /** In place of the step that began at the same time, or as a new one. */
  keep(step: Step): Promise<void>;
  forget(step: Step): Promise<void>;
}

export const journalOf = ({ folder }: Pick<Shell, 'folder'>): StepsFile => {
  const file: PrivateFile<Journal> = privateFile(join(folder, 'migrations.json'), Journal, {
    remedy: 'move it away; what was migrated can then not be undone by the tool',
  });
  const read = async (): Promise<readonly Step[]> => (await file.read())?.steps ?? [];
  const without = async ({ at }: Step): Promise<Step[]> => (await read()).filter((each) => each.at !== at);
  return {
    read,
    keep: async (step) => file.write({ version: 1, steps: [...(await without(step)), step] }),
    forget: async (step) => {
      const steps = await without(step);
      if (steps.length === 0) await file.erase();
      else await file.write({ version: 1, steps });
    },
  };
};

/** The last step on this Homey. */
export const lastStep = (steps: readonly Step[], homey: string): Step | null =>
  steps.filter((step) => step.homey === homey).at(-1) ?? null;

/** Flows as they were before a step that broke off, so that going on finds what the step had found. */
export const asBefore = (flows: readonly Flow[], open: Step | null): Flow[] =>
  flows.map((flow) =>
    open?.flows.some(({ id }) => id === flow.id) === true ? { ...flow, enabled: true } : flow,
  );

/** What is about to be changed. Going on with a step that broke off keeps what it knows of the time before. */
export const stepFor = (
  { settings, replaced }: Survey,
  device: Device | null,
  begun: { readonly at: string; readonly homey: string },
  open: Step | null,
): Step => {
  const now = Object.keys(settings).map((id) => [id, Setting.catch(null).parse(device?.settings[id])]);
  const flows = new Map([...(open?.flows ?? []), ...replaced].map(({ id, name }) => [id, { id, name }]));
  return {
    at: open?.at ?? begun.at,
    homey: begun.homey,
    device: device === null ? (open?.device ?? null) : { id: device.id, name: device.name },
    settings: { ...(Object.fromEntries(now) as Step['settings']), ...open?.settings },
    flows: [...flows.values()],
    finished: false,
  };
};
