import type { Caller } from './account.js';

/** Two of the built-in pumps: the Diplomat Inverter and the classic Diplomat. */
export const PUMP = 2100417;
export const CLASSIC = 2100523;

export interface Register {
  registerId: number;
  registerName: string;
  registerValue: number | null;
  timeStamp: string | null;
}

export const group = async (api: Caller, name: string, pump = PUMP): Promise<Register[]> =>
  (await api.json(`/api/v1/Registers/Installations/${pump}/Groups/${name}`)) as Register[];

export const register = async (
  api: Caller,
  groupName: string,
  name: string,
  pump = PUMP,
): Promise<Register> => {
  const found = (await group(api, groupName, pump)).find(({ registerName }) => registerName === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
