import type { Output } from '../terminal/output.js';
import { withProgress } from '../terminal/progress.js';
import { noEnd } from './pumps.js';
import type { Session } from './session.js';

type Api = Session['online']['api'];
export type Register = Awaited<ReturnType<Api['registers']['registers']>>[number];
export type Group = Awaited<ReturnType<Api['registers']['groups']>>[number];
type Detail = Awaited<ReturnType<Api['installations']['detail']>>;

/** What a pump is, and the groups that its registers are in. */
export interface Profile {
  readonly detail: Detail;
  /** IANA name; null where the service names none that is known. */
  readonly timeZone: string | null;
  readonly groups: readonly Group[];
}

export const readProfile = async ({ online }: Session, pumpId: string): Promise<Profile> => {
  const { api, source } = online;
  const detail = await api.installations.detail(pumpId, noEnd());
  const { identity } = await source.read(pumpId, ['profile'], noEnd());
  const profileId = detail.installationProfileId ?? detail.profile?.id ?? null;
  const groups = profileId === null ? [] : await api.registers.groups(profileId, noEnd());
  return { detail, timeZone: identity?.timeZone ?? null, groups };
};

/** All registers of some groups, one request a group. */
export const readRegisters = (
  { online }: Session,
  out: Output,
  pumpId: string,
  { timeZone }: Profile,
  groups: readonly string[],
): Promise<Record<string, Register[]>> =>
  withProgress(out, groups.length, async (progress) => {
    const all: Record<string, Register[]> = {};
    for (const group of groups) {
      all[group] = await online.api.registers.registers(pumpId, group, timeZone, noEnd());
      progress.step(group);
    }
    return all;
  });
