import * as z from 'zod';
import type { Homey } from './client.js';

const Zone = z.object({ id: z.string(), name: z.string(), parent: z.string().nullish() });
export type Zone = z.output<typeof Zone>;

export const allZones = async (homey: Homey): Promise<Zone[]> =>
  Object.values(z.record(z.string(), Zone).parse(await homey.call('zones', 'getZones', { $cache: false })));

export const zoneNames = async (homey: Homey): Promise<ReadonlyMap<string, string>> =>
  new Map((await allZones(homey)).map(({ id, name }) => [id, name]));
