import { redact } from '../lib/thermia/index.js';

/** Why the tool ends without having done what it was asked, and the exit code that says so. */
export const PROBLEMS = {
  unexpected: { code: 1, means: 'something that should not happen' },
  usage: { code: 2, means: 'the command was not understood' },
  sign_in: { code: 3, means: 'not signed in, or the sign-in was refused' },
  not_found: { code: 4, means: 'no such device, capability, Flow, log, pump or register' },
  refused: { code: 5, means: 'the Homey, the app or the pump refused; nothing was changed' },
  unreachable: { code: 6, means: 'the Homey or the service did not answer' },
  not_confirmed: { code: 7, means: 'it was sent, and the pump was not seen to take it' },
  file: { code: 8, means: 'a file of the tool cannot be used: others can read it, or it is damaged' },
  half_done: { code: 9, means: 'several things were to be changed, and only some of them are' },
  interrupted: { code: 130, means: 'interrupted' },
} as const;
export type ProblemKind = keyof typeof PROBLEMS;

/** An error for the person: one sentence of what is wrong and, where there is something, what to do. */
export class Problem extends Error {
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, message: string, cause?: unknown) {
    super(redact(message), cause === undefined ? undefined : { cause });
    this.name = 'Problem';
    this.kind = kind;
  }
}

export const EXIT_CODES: string = [
  'Exit codes:',
  `  ${'0'.padStart(3)}  done`,
  ...Object.values(PROBLEMS).map(({ code, means }) => `  ${String(code).padStart(3)}  ${means}`),
].join('\n');
