import { createThermia, type Thermia } from '../../../../lib/thermia/index.js';
import { builtInPumps, type PumpData } from '../../../../sandbox/thermia-online/index.js';
import { startRig, type Rig } from '../cloud/rig.js';
import { SECOND, seeded } from './rig.js';

/** A whole account, signed in at a simulated service of its own. */
export interface ThermiaRig extends Rig {
  readonly thermia: Thermia;
  /** A client that knows only what rests in the stores. */
  another(options?: Pick<Parameters<typeof createThermia>[0], 'cadence' | 'onRequest'>): Thermia;
  /** The first pump that has this register in this group. */
  withRegister(name: string, group?: string): string;
  /** Watches all pumps until each was read. */
  watchAll(): Promise<readonly string[]>;
  end(): Promise<void>;
}

export const startThermiaRig = async (
  pumps: readonly PumpData[] = builtInPumps,
  options: Omit<NonNullable<Parameters<typeof startRig>[0]>, 'pumps'> = {},
): Promise<ThermiaRig> => {
  const rig = await startRig({ pumps, session: { absoluteLifeMs: null }, ...options });
  const { store, credentials, clock, logger, agent, sim } = rig;
  const another: ThermiaRig['another'] = (more = {}) =>
    createThermia({
      store,
      credentials,
      clock,
      random: seeded(),
      logger,
      dispatcher: agent,
      origin: sim.origin,
      ...more,
    });
  const thermia = another({ onRequest: (endpoint) => rig.sent.push(endpoint) });
  const { username, password } = sim;
  await rig.finish(thermia.online.signIn({ username, password }, { keepPassword: false }));
  rig.sent.length = 0;
  return {
    ...rig,
    thermia,
    another,
    withRegister: (name, group) => {
      const found = sim.control
        .pumps()
        .find(({ registers }) =>
          registers.some((each) => each.name === name && (group === undefined || each.group === group)),
        );
      if (found === undefined) throw new Error(`No pump has ${name}`);
      return String(found.id);
    },
    watchAll: async () => {
      const ids = (await rig.finish(thermia.account.list())).map(({ identity }) => identity.id);
      for (const id of ids) thermia.account.watch(id);
      await rig.advance(20 * SECOND);
      return ids;
    },
    end: async () => {
      await thermia.stop();
      await rig.close();
    },
  };
};
