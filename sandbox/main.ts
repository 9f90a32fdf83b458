import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSandboxClock, keepTime, keptTime } from './clock.js';
import { startHomey } from './homey/index.js';
import { parseOptions, UsageError, type SandboxOptions } from './options.js';
import { awaitReadings, countDevices, pairAll } from './pairing.js';
import { claimState } from './state.js';
import {
  builtInPumps,
  demoPumps,
  pumpFromCapture,
  startThermiaOnline,
  type PumpData,
} from './thermia-online/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const DRIVER = 'homey:app:com.thermia.online:heat-pump';
const END_WITHIN_MS = 1900;

type Close = () => unknown;

const readCapture = (file: string): PumpData => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new UsageError(`The capture ${file} cannot be read.`);
  }
  try {
    return pumpFromCapture(JSON.parse(text), file);
  } catch (error) {
    throw new UsageError(
      `The capture ${file} is not usable: ${error instanceof Error ? error.message : 'unknown reason'}`,
    );
  }
};

const refusePort =
  (port: number, option: string) =>
  (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new UsageError(
        `Port ${String(port)} is in use; name another with ${option}, or 0 for any free one.`,
      );
    if (code === 'EACCES')
      throw new UsageError(
        `Port ${String(port)} needs rights that this process lacks; name another with ${option}.`,
      );
    throw error;
  };

const NO_ACCOUNT = '--thermia needs --username and --password for the first pairing, or --unpaired.';
const lacksAccount = ({ thermia, unpaired }: SandboxOptions): boolean =>
  thermia !== null && !unpaired && (thermia.username === '' || thermia.password === '');

const run = async (options: SandboxOptions, ending: Close[]): Promise<void> => {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const homeyState = join(options.state, 'homey');
  // Whoever has paired before needs no account again.
  if (lacksAccount(options) && (options.fresh || !existsSync(homeyState))) throw new UsageError(NO_ACCOUNT);
  const pumps = options.captures.map(readCapture);
  const release = await claimState(options.state, options.fresh);
  ending.push(release);
  const timeFile = join(options.state, 'time.json');
  const clock = createSandboxClock({
    speed: options.speed,
    startAt: Math.max(Date.now(), keptTime(timeFile)),
  });
  ending.push(keepTime(timeFile, clock));

  const simulated =
    options.thermia === null
      ? await startThermiaOnline({
          port: options.thermiaPort,
          clock,
          pumps: pumps.length > 0 ? pumps : options.allPumps ? builtInPumps : demoPumps,
          stateFile: join(options.state, 'thermia-online.json'),
        }).catch(refusePort(options.thermiaPort, '--thermia-port'))
      : null;
  if (simulated !== null) ending.push(() => simulated.close());
  const thermia = simulated ?? options.thermia;
  if (thermia === null) throw new Error('There is no Thermia Online to talk to.');
  const { origin, username, password } = thermia;

  const homey = await startHomey({
    port: options.port,
    stateDir: homeyState,
    appDir: join(root, '.homeybuild'),
    pageDir: join(root, '.build', 'web'),
    language: options.language,
    env: { THERMIA_ONLINE_ORIGIN: origin },
    clock,
    // Another server's password is none of the page's business.
    hello: {
      thermia: {
        address: origin,
        simulated: simulated !== null,
        ...(simulated === null ? {} : { username, password }),
      },
    },
  }).catch(refusePort(options.port, '--port'));
  ending.push(() => homey.close());

  const address = { address: homey.address, token: homey.token };
  if (!options.unpaired && (await countDevices(address)) === 0) {
    if (lacksAccount(options)) throw new UsageError(NO_ACCOUNT);
    const names = await pairAll(address, DRIVER, { username, password }).catch((error: unknown) => {
      throw new UsageError(
        `The heat pumps of ${username} at ${origin} cannot be paired: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    await awaitReadings(address);
    say(`Paired: ${names.join(', ')}`);
  }
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ homey: address, thermia: { address: origin, username, password } })}\n`,
    );
    return;
  }
  say(
    [
      '',
      `  Open ${homey.address}/ to see the Homey.`,
      `  Its app talks to ${simulated === null ? 'the Thermia Online' : 'a simulated Thermia Online'} at ${origin}.`,
      ...(simulated === null ? [] : [`  To pair again: ${username}, password ${password}.`]),
      '  This is a stand-in for a Homey; Ctrl-C ends it.',
      '',
    ].join('\n'),
  );
};

/** Runs the sandbox until a signal, or until whoever started it is gone. */
export const main = async (args: readonly string[], starterIsThere: () => boolean): Promise<void> => {
  const ending: Close[] = [];
  let ended = false;
  const end = (code: number): void => {
    if (ended) return;
    ended = true;
    setTimeout(() => process.exit(code), END_WITHIN_MS).unref();
    void (async () => {
      for (const close of ending.reverse()) {
        try {
          await close();
        } catch (error) {
          process.stderr.write(`${String(error)}\n`);
        }
      }
      process.exit(code);
    })();
  };
  process
    .on('SIGTERM', () => end(0))
    .on('SIGINT', () => end(0))
    .on('SIGHUP', () => end(0));
  // npm may be killed without a chance to pass it on.
  const look = (): void => {
    if (!starterIsThere()) end(0);
  };
  setInterval(look, 500).unref();

  try {
    const options = parseOptions(args);
    if (options === null) return;
    look();
    await run(options, ending);
  } catch (error) {
    process.stderr.write(
      `${error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    end(1);
  }
};
