import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

export interface SandboxOptions {
  readonly port: number;
  readonly thermiaPort: number;
  readonly state: string;
  readonly fresh: boolean;
  readonly unpaired: boolean;
  readonly captures: readonly string[];
  /** All built-in pumps, not only the one of the demonstration. */
  readonly allPumps: boolean;
  readonly language: string;
  readonly thermia: { readonly origin: string; readonly username: string; readonly password: string } | null;
  readonly speed: number;
  readonly json: boolean;
}

/** A sentence for the person who started the sandbox; it needs no stack. */
export class UsageError extends Error {}

/** Those that a Homey speaks. */
const LANGUAGES = ['en', 'nl', 'de', 'fr', 'it', 'sv', 'no', 'es', 'da', 'ru', 'pl', 'ko', 'ar'];

const port = (text: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return value;
};

const speed = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 1 || value > 3600) {
    throw new InvalidArgumentError('A speed is a number from 1 to 3600.');
  }
  return value;
};

const originOf = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.pathname !== '/' ||
    url.search !== ''
  ) {
    throw new InvalidArgumentError('An origin looks like http://127.0.0.1:4860.');
  }
  return url.origin;
};

interface Raw {
  port: number;
  thermiaPort: number;
  state: string;
  fresh: boolean;
  unpaired: boolean;
  capture: string[];
  allPumps: boolean;
  language: string;
  thermia?: string;
  username?: string;
  password?: string;
  speed: number;
  json: boolean;
}

/** Reads the command line. Answers null where it was a question for help, which has been answered by then. */
export const parseOptions = (args: readonly string[]): SandboxOptions | null => {
  const command = new Command('npm start --')
    .description('Runs the Thermia app on a stand-in for a Homey, against a simulated Thermia Online.')
    .option('--port <n>', 'port of the Homey; 0 takes a free one', port, 4859)
    .option('--thermia-port <n>', 'port of the simulated Thermia Online; 0 takes a free one', port, 4860)
    .option('--state <dir>', 'where the Homey keeps its state', '.sandbox')
    .option('--fresh', 'forget the state first', false)
    .option('--unpaired', 'do not add the demo pump', false)
    .option(
      '--capture <file>',
      'a captured pump in place of the built-in ones; may be repeated',
      (file, all: string[]) => [...all, file],
      [],
    )
    .option('--all-pumps', 'every built-in pump, one of each kind', false)
    .addOption(new Option('--language <code>', 'language of the Homey').choices(LANGUAGES).default('en'))
    .option(
      '--thermia <origin>',
      'use the Thermia server at this origin in place of the simulated one',
      originOf,
    )
    .option('--username <name>', 'account at that server, for the first pairing')
    .option('--password <word>', 'its password')
    .option('--speed <n>', 'let time run this many times as fast', speed, 1)
    .option('--json', 'print one JSON line when ready, and nothing else', false)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  let raw: Raw;
  try {
    raw = command.parse([...args], { from: 'user' }).opts<Raw>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UsageError(error.message.replace(/^error: /, '').replace(/^./, (first) => first.toUpperCase()));
  }
  const { thermia, username, password } = raw;
  if (thermia !== undefined && raw.capture.length > 0) {
    throw new UsageError(
      '--capture makes a pump of the simulated Thermia Online; it cannot be used together with --thermia.',
    );
  }
  if (raw.allPumps && (thermia !== undefined || raw.capture.length > 0)) {
    throw new UsageError(
      '--all-pumps shows the built-in pumps; it cannot be used together with --capture or --thermia.',
    );
  }
  if (thermia === undefined && (username !== undefined || password !== undefined)) {
    throw new UsageError('--username and --password belong to --thermia.');
  }
  return {
    port: raw.port,
    thermiaPort: raw.thermiaPort,
    state: resolve(raw.state),
    fresh: raw.fresh,
    unpaired: raw.unpaired,
    captures: raw.capture.map((file) => resolve(file)),
    allPumps: raw.allPumps,
    language: raw.language,
    thermia:
      thermia === undefined ? null : { origin: thermia, username: username ?? '', password: password ?? '' },
    speed: raw.speed,
    json: raw.json,
  };
};
