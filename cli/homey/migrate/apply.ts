import * as z from 'zod';
import { Problem } from '../../problem.js';
import type { Homey } from '../client.js';
import { allFlows } from '../flows.js';
import type { Step, StepsFile } from './journal.js';
import type { Survey } from './survey.js';

const setSettings = (
  homey: Homey,
  id: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<unknown> => homey.call('devices', 'setDeviceSettings', { id, settings });

const switchFlow = (homey: Homey, id: string, enabled: boolean): Promise<unknown> =>
  homey.call('flow', 'updateFlow', { id, flow: { enabled } });

const isProblem = (error: unknown, ...kinds: readonly Problem['kind'][]): boolean =>
  error instanceof Problem && kinds.includes(error.kind);

/** False where what was to be changed is not there any more. */
const unlessGone = async (change: Promise<unknown>): Promise<boolean> => {
  try {
    await change;
    return true;
  } catch (error) {
    if (isProblem(error, 'not_found')) return false;
    throw error;
  }
};

const halfDone = (error: unknown, remedy: string): Problem =>
  new Problem(
    'half_done',
    `It broke off half-way: ${error instanceof Error ? error.message : 'no reason was given'} ${remedy}`,
    error,
  );

/** Which Homey this is, for a record that must not be undone on another. */
export const identityOf = async (homey: Homey): Promise<string> => {
  const Info = z.object({ homeyId: z.string().nullish(), cloudId: z.string().nullish() });
  const { homeyId, cloudId } = Info.parse(await homey.call('system', 'getInfo'));
  return homeyId ?? cloudId ?? 'unknown';
};

/** The plan first: a Flow is switched off only when what replaces it is there. Written down before anything is changed. */
export const apply = async (
  journal: StepsFile,
  homey: Homey,
  step: Step,
  { settings }: Pick<Survey, 'settings'>,
  goesOn: boolean,
): Promise<void> => {
  await journal.keep(step);
  let isChanged = goesOn;
  try {
    if (step.device !== null && Object.keys(settings).length > 0) {
      await setSettings(homey, step.device.id, settings);
      isChanged = true;
    }
    for (const { id } of step.flows) {
      await unlessGone(switchFlow(homey, id, false));
      isChanged = true;
    }
  } catch (error) {
    // Who refuses has changed nothing; of who did not answer nobody knows.
    if (!isChanged && isProblem(error, 'refused', 'not_found', 'sign_in')) {
      await journal.forget(step);
      throw error;
    }
    throw halfDone(
      error,
      'Run `thermia homey migrate` again to go on, or with --undo to take back what was done.',
    );
  }
  await journal.keep({ ...step, finished: true });
};

export interface Undone {
  readonly enabled: readonly string[];
  readonly gone: readonly string[];
  /** The name of the one whose plan is as before. */
  readonly device: string | null;
  readonly deviceGone: boolean;
}

/** What can be put back: a setting that was not there before cannot. */
export const settingsBefore = ({ settings }: Step): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));

/** Takes a step back: the Flows first, so that hot water is never without either. */
export const undo = async (journal: StepsFile, homey: Homey, step: Step): Promise<Undone> => {
  const present = new Set((await allFlows(homey)).map(({ id }) => id));
  const enabled: string[] = [];
  const gone: string[] = [];
  const settings = settingsBefore(step);
  const { device } = step;
  let isThere: boolean | null = null;
  try {
    for (const { id, name } of step.flows) {
      const isBack = present.has(id) && (await unlessGone(switchFlow(homey, id, true)));
      (isBack ? enabled : gone).push(name);
    }
    if (device !== null && Object.keys(settings).length > 0)
      isThere = await unlessGone(setSettings(homey, device.id, settings));
  } catch (error) {
    if (enabled.length === 0) throw error;
    throw halfDone(error, 'Run `thermia homey migrate --undo` again.');
  }
  await journal.forget(step);
  return {
    enabled,
    gone,
    device: isThere === true ? (device?.name ?? null) : null,
    deviceGone: isThere === false,
  };
};
