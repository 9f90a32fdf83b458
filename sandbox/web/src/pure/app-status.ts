import type { AppStatus } from '../client/app-routes.js';

/** Whether a new sign-in would help: then some account of the app is not signed in. */
export const isSignInTrouble = ({ accounts }: AppStatus): boolean =>
  accounts.length === 0 ||
  accounts.some(
    ({ session, pumps }) =>
      session !== 'signed_in' || pumps.some(({ availability }) => availability?.reason === 'unauthorized'),
  );
