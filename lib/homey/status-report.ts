import { isHeatPump } from './heat-pump.js';
import { servicesOf } from './services.js';

/** A plain picture of accounts and pumps, for a report of a problem. It holds no name, no address and no secret. */
export const status = (app: object, devices: readonly unknown[]): object => {
  const { accounts, manifest } = servicesOf(app);
  const pumps = devices.filter(isHeatPump);
  return {
    version: manifest.version,
    accounts: accounts.open().map(({ key, online, account }) => {
      const session = online.session();
      return {
        key,
        session: session.state,
        reason: session.state === 'sign_in_needed' ? session.reason.kind : null,
        chain: online.chain(),
        budget: account.budget(),
        errors: account.errors(),
        pumps: pumps
          .filter(({ accountKey }) => accountKey === key)
          .map(({ pumpId }) => {
            const snapshot = account.snapshot(pumpId);
            return {
              availability: account.availability(pumpId),
              model: snapshot?.identity.model ?? null,
              firmware: snapshot?.identity.firmware ?? null,
              readings: Object.keys(snapshot?.readings ?? {}),
              controls: [...(snapshot?.controls.keys() ?? [])],
              unknown: Object.fromEntries(snapshot?.unknown ?? []),
            };
          }),
      };
    }),
  };
};
