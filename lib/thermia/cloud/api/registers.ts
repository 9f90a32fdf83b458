import type { ApiClient } from '../client.js';
import { registerGroupSchema, registerSchema } from '../schemas.js';
import { parseStamp } from '../timestamps.js';
import type { Register, RegisterGroup } from '../wire.js';

export interface RegistersApi {
  groups(profileId: number, signal: AbortSignal): Promise<RegisterGroup[]>;
  /** Empty where the pump has nothing under this name. `timeZone` is the installation's. */
  registers(id: string, group: string, timeZone: string | null, signal: AbortSignal): Promise<Register[]>;
  /** Resolves when the service accepted it: the pump may be offline, and may refuse. */
  write(
    id: string,
    write: { readonly registerId: number; readonly registerValue: number },
    signal: AbortSignal,
  ): Promise<void>;
}

export const createRegistersApi = (client: ApiClient, clientUuid: string): RegistersApi => ({
  groups: (profileId, signal) =>
    client.getAll(
      { endpoint: 'groups', path: `installationprofiles/${profileId}/groups` },
      registerGroupSchema,
      signal,
    ),
  registers: async (id, group, timeZone, signal) => {
    const registers = await client.getAll(
      {
        endpoint: `registers/${group}`,
        path: `Registers/Installations/${id}/Groups/${encodeURIComponent(group)}`,
      },
      registerSchema,
      signal,
    );
    return registers.map((register) => ({
      ...register,
      changedAt: parseStamp(register.timeStamp, timeZone),
    }));
  },
  write: async (id, { registerId, registerValue }, signal) => {
    await client.send(
      {
        endpoint: 'write',
        method: 'POST',
        path: `Registers/Installations/${id}/Registers`,
        body: { registerSpecificationId: registerId, registerValue, clientUuid },
      },
      signal,
    );
  },
});
