import { isThermiaError, type ErrorKind, type ThermiaError } from '../../lib/thermia/index.js';
import { Problem, type ProblemKind } from '../problem.js';

interface Words {
  readonly kind: ProblemKind;
  readonly say: (error: ThermiaError) => string;
}

const words = (kind: ProblemKind, say: string | ((error: ThermiaError) => string)): Words => ({
  kind,
  say: typeof say === 'string' ? () => say : say,
});

const wait = ({ facts: { retryAfterMs } }: ThermiaError): string =>
  retryAfterMs === undefined
    ? 'try again in some minutes'
    : `try again in ${Math.ceil(retryAfterMs / 1000)} seconds`;

const SIGN_IN_AGAIN = 'run `thermia online login`';

/** What each failure is to somebody at a terminal. */
const WORDS: Readonly<Record<ErrorKind, Words>> = {
  wrong_credentials: words(
    'sign_in',
    'Thermia Online does not know this e-mail address with this password. Accounts of the Thermia Connect app are other accounts and are not accepted.',
  ),
  consent_needed: words(
    'sign_in',
    'Thermia Online wants you to accept its terms: sign in once at https://online.thermia.se in a browser, then try again.',
  ),
  sign_in_page_changed: words(
    'sign_in',
    'The sign-in page of Thermia Online has changed and is not understood: sign in with a refresh token, `thermia online login --token`.',
  ),
  locked_out: words(
    'sign_in',
    (error) => `Thermia Online has locked this account for a while: ${wait(error)}.`,
  ),
  sign_in_refused: words(
    'sign_in',
    (error) =>
      `Thermia Online refused the sign-in (${error.message}): see whether you can sign in at https://online.thermia.se in a browser.`,
  ),
  sign_in_needed: words(
    'sign_in',
    `You are not signed in to Thermia Online, or the sign-in has ended: ${SIGN_IN_AGAIN}.`,
  ),
  not_a_refresh_token: words(
    'usage',
    'That is no refresh token: it has five parts with dots between and starts with eyJ.',
  ),
  session_failed: words(
    'unreachable',
    ({ facts: { code = 'no code' } }) =>
      `The sign-in service of Thermia Online answered oddly (${code}): try again later; the sign-in is kept.`,
  ),
  unauthorized: words('sign_in', `Thermia Online does not accept the sign-in: ${SIGN_IN_AGAIN}.`),
  throttled: words('unreachable', (error) => `Thermia Online was asked too often: ${wait(error)}.`),
  service_down: words('unreachable', 'Thermia Online is out of order: try again later; the sign-in is kept.'),
  network: words('unreachable', 'Thermia Online cannot be reached: check the network; the sign-in is kept.'),
  timeout: words('unreachable', 'Thermia Online did not answer in time: try again; the sign-in is kept.'),
  unexpected_answer: words(
    'unexpected',
    (error) => `Thermia Online answered something that is not understood: ${error.message}.`,
  ),
  origin_refused: words('refused', (error) => `${error.message}: only the servers of Thermia are trusted.`),
  storage: words('file', 'The sign-in could not be stored: is there room, and may this folder be written?'),
  not_found: words('not_found', (error) => `Thermia Online does not have that: ${error.message}.`),
  rejected: words('refused', (error) => `Thermia Online refused: ${error.message}.`),
  not_supported: words('not_found', (error) => `This heat pump does not have that: ${error.message}.`),
  not_writable: words('refused', (error) => `That cannot be changed on this heat pump: ${error.message}.`),
  out_of_range: words('refused', ({ message, facts: { limits } }) =>
    limits === undefined
      ? `${message}.`
      : `The value is outside of ${limits.min} to ${limits.max}; nothing was sent.`,
  ),
  not_confirmed: words(
    'not_confirmed',
    'Thermia Online took the value, and the heat pump was not seen to: look at its status in some minutes.',
  ),
  superseded: words('refused', 'A newer value has replaced this one.'),
  pump_offline: words(
    'refused',
    'The heat pump is not connected to Thermia Online now, so nothing was sent.',
  ),
  pump_gone: words('not_found', 'This heat pump is not in the account any more.'),
  stopped: words('interrupted', 'Interrupted.'),
};

export const problemOf = (error: unknown): unknown => {
  if (!isThermiaError(error)) return error;
  const { kind, say } = WORDS[error.kind];
  return new Problem(kind, say(error), error);
};
