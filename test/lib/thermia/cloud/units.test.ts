import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../support/virtual-clock.js';
import { captures } from '../../../support/captures.js';
import { addressesAt } from '../../../../lib/thermia/cloud/addresses.js';
import type { ThermiaApi } from '../../../../lib/thermia/cloud/api.js';
import { beginChain, continueChain, NO_CHAIN } from '../../../../lib/thermia/cloud/chain.js';
import { createConfiguration } from '../../../../lib/thermia/cloud/configuration.js';
import { createHttp } from '../../../../lib/thermia/cloud/http.js';
import { linkSignals } from '../../../../lib/thermia/cloud/policies/linked.js';
import { wait, whileWaited } from '../../../../lib/thermia/cloud/policies/wait.js';
import { refreshPauseMs } from '../../../../lib/thermia/cloud/refresh-pause.js';
import * as schemas from '../../../../lib/thermia/cloud/schemas.js';
import { signInPause } from '../../../../lib/thermia/cloud/sign-in-backoff.js';
import { createCloudSource } from '../../../../lib/thermia/cloud/source.js';
import type { Grant } from '../../../../lib/thermia/cloud/token-endpoint.js';
import { type ErrorKind, ThermiaError } from '../../../../lib/thermia/errors.js';
import { memoryLogger, never } from './memory.js';

const HOUR = 3_600_000;
const grant = (hours: number | null): Grant => ({
  accessToken: 'x',
  expiresInMs: HOUR,
  refreshToken: 'y',
  refreshExpiresInMs: hours === null ? null : hours * HOUR,
});

describe('the chain of refresh tokens', () => {
  const first = beginChain(grant(24), 0, 0);
  it.each<[string, number, number | null, object]>([
    ['the end stays where it was', 2, 22, { endsAt: 24 * HOUR, kind: 'fixed' }],
    ['the end moves with the time', 2, 24, { endsAt: 26 * HOUR, kind: 'sliding' }],
    ['too soon to tell', 0.1, 24, { endsAt: 24 * HOUR, kind: null }],
    ['nothing is said', 2, null, { endsAt: 24 * HOUR, kind: null }],
  ])('%s', (_name, afterHours, saysHours, expected) => {
    expect(continueChain(first, grant(saysHours), afterHours * HOUR)).toMatchObject(expected);
  });

  it('learns the end late, where the first answer did not tell', () => {
    const pasted = beginChain(grant(null), 0, null);
    expect(pasted).toEqual(NO_CHAIN);
    expect(continueChain(pasted, grant(10), HOUR)).toEqual({
      startedAt: null,
      endsAt: 11 * HOUR,
      kind: null,
      seenAt: HOUR,
    });
  });

  it('an answer without a token says nothing of the next', () => {
    expect(continueChain(first, { ...grant(20), refreshToken: null }, 2 * HOUR)).toBe(first);
  });
});

describe('how long a kept password is left alone, in minutes', () => {
  it.each<[ErrorKind, readonly (number | null)[]]>([
    ['network', [1, 2, 4, 8, 16, 32, 60, 60]],
    ['service_down', [1, 2, 4]],
    ['timeout', [1, 2, 4]],
    ['consent_needed', [60, 120, 240, 360, 360]],
    ['sign_in_page_changed', [60, 120]],
    ['locked_out', [60, 120]],
    ['rejected', [60, 120]],
    ['unexpected_answer', [60]],
    ['wrong_credentials', [null, null]],
  ])('%s', (kind, expected) => {
    const pauses = expected.map((_each, index) => signInPause({ kind, facts: {} }, index + 1, 0));
    expect(pauses.map((pause) => (pause === null ? null : pause / 60_000))).toEqual(expected);
  });

  it.each<[ErrorKind, string, number | null]>([
    ['rejected', 'credentials', null],
    ['unexpected_answer', 'credentials', null],
    ['sign_in_page_changed', 'credentials', null],
    ['not_found', 'credentials', null],
    ['locked_out', 'credentials', 60],
    ['service_down', 'credentials', 1],
    ['timeout', 'credentials', 1],
    ['rejected', 'confirmation', 60],
    ['wrong_credentials', 'confirmation', null],
    ['sign_in_page_changed', 'sign-in page', 60],
  ])('%s at the %s', (kind, during, expected) => {
    const pause = signInPause({ kind, facts: { during } }, 1, 0);
    expect(pause === null ? null : pause / 60_000).toBe(expected);
  });

  it('an hour each time where the page itself is not understood', () => {
    const facts = { during: 'sign-in page' };
    expect(signInPause({ kind: 'sign_in_page_changed', facts }, 9, 0)).toBe(HOUR);
  });

  it('never less than the service asks for, and not all at the same minute', () => {
    expect(signInPause({ kind: 'throttled', facts: { retryAfterMs: 2 * HOUR } }, 1, 0)).toBe(2 * HOUR);
    expect(signInPause({ kind: 'network', facts: {} }, 1, 0.5)).toBe(67_500);
  });
});

describe('how long a refresh token is left alone after odd answers, in minutes', () => {
  it('twice as long each time, half an hour at most', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8].map((failures) => refreshPauseMs(failures, 0) / 60_000);
    expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 32, 32]);
    expect(refreshPauseMs(9, 0.999)).toBeLessThan(40 * 60_000);
  });
});

describe('reading loosely', () => {
  it.each<[unknown, number | null]>([
    [5, 5],
    [0, 0],
    [-1.5, -1.5],
    ['7', 7],
    ['', null],
    ['-', null],
    [true, null],
    [undefined, null],
    [{}, null],
  ])('lesson 15: a register value of %o is %o', (registerValue, expected) => {
    const parsed = schemas.registerSchema.parse({ registerId: '12', registerName: 'REG_A', registerValue });
    expect(parsed).toMatchObject({ registerId: 12, registerValue: expected, valueNames: null });
  });

  it('a broken value name is left out, the register stays', () => {
    const parsed = schemas.registerSchema.parse({
      registerId: 1,
      registerName: 'REG_A',
      valueNames: [{ value: 0, name: 'OFF' }, { name: 'no value' }, 'x', { value: 1, name: 'ON', extra: 1 }],
    });
    expect(parsed.valueNames?.map(({ name }) => name)).toEqual(['OFF', 'ON']);
  });

  it.each([{ registerName: 'REG_A' }, { registerId: 1.5, registerName: 'REG_A' }, { registerId: 1 }, null])(
    '%o is no register',
    (value) => {
      expect(schemas.registerSchema.safeParse(value).success).toBe(false);
    },
  );

  it('every captured answer can be read, and nothing of it is left out', () => {
    for (const { capture } of captures) {
      expect(schemas.installationSchema.parse(capture.installation).id).toBe(capture.installation.id);
      expect(schemas.installationStatusSchema.parse(capture.status).heatingEffect).not.toBeNull();
      for (const register of Object.values(capture.registers).flat()) {
        const parsed = schemas.registerSchema.parse(register);
        expect(parsed).toMatchObject({
          registerName: register.registerName,
          registerValue: register.registerValue,
          isReadOnly: register.isReadOnly,
        });
      }
    }
  });
});

describe('waiting', () => {
  const ended = (): AbortSignal => AbortSignal.abort(new ThermiaError('timeout', 'too late'));

  it('is not begun by who has given up, and says why', async () => {
    const clock = createVirtualClock();
    await expect(wait(clock, 10, ended())).rejects.toMatchObject({ kind: 'timeout' });
    await expect(whileWaited(new Promise(() => undefined), ended())).rejects.toMatchObject({
      kind: 'timeout',
    });
    expect(clock.pending()).toBe(0);
  });

  it('leaves no listener behind', async () => {
    const clock = createVirtualClock();
    const controller = new AbortController();
    const waited = wait(clock, 10, controller.signal);
    await clock.advance(10);
    await waited;
    const { controller: linked, release } = linkSignals(controller.signal, ended());
    expect(linked.signal.aborted).toBe(true);
    release();
    controller.abort();
  });
});

describe('what a socket fails with', () => {
  class FailingAgent extends Agent {
    readonly error: Error;
    constructor(error: Error) {
      super();
      this.error = error;
    }
    override request: Agent['request'] = () => {
      throw this.error;
    };
  }
  const send = async (error: Error, signal = never): Promise<unknown> => {
    const http = createHttp({ dispatcher: new FailingAgent(error) });
    const request = { endpoint: 'status', method: 'GET', url: new URL('http://127.0.0.1/') } as const;
    return http.send(request, signal).catch((failure: unknown) => failure);
  };
  const withCode = (code: unknown): Error => Object.assign(new Error('secret=1'), { code });

  it.each([
    [withCode('ECONNRESET'), 'network', 'ECONNRESET'],
    [withCode('ENOTFOUND'), 'network', 'ENOTFOUND'],
    [withCode('UND_ERR_SOCKET'), 'network', 'UND_ERR_SOCKET'],
    [withCode('UND_ERR_CONNECT_TIMEOUT'), 'timeout', 'UND_ERR_CONNECT_TIMEOUT'],
    [withCode('UND_ERR_HEADERS_TIMEOUT'), 'timeout', 'UND_ERR_HEADERS_TIMEOUT'],
    [withCode('UND_ERR_BODY_TIMEOUT'), 'timeout', 'UND_ERR_BODY_TIMEOUT'],
    [withCode('ETIMEDOUT'), 'timeout', 'ETIMEDOUT'],
    [withCode(5), 'network', 'unknown'],
    [new Error('without a code'), 'network', 'unknown'],
  ])('%o is %s', async (error, kind, code) => {
    expect(await send(error)).toMatchObject({ kind, facts: { during: 'status', code } });
  });

  it('nothing is sent for who has given up', async () => {
    expect(await send(new Error('unreached'), AbortSignal.abort())).toMatchObject({ kind: 'stopped' });
    expect(
      await send(new Error('unreached'), AbortSignal.abort(new ThermiaError('timeout', 'late'))),
    ).toMatchObject({ kind: 'timeout' });
  });
});

describe('a fault of our own is not dressed up as one of the service', () => {
  const bug = new TypeError('undefined is not a function');
  const broken = () => Promise.reject(bug);

  it('in the configuration', async () => {
    const configuration = createConfiguration({
      http: { send: broken },
      addresses: addressesAt(),
      clock: createVirtualClock(),
      logger: memoryLogger(),
    });
    configuration.doubt();
    await expect(configuration.apiBase()).rejects.toBe(bug);
  });

  it('in a source', async () => {
    const nothing = {} as ThermiaApi;
    const source = createCloudSource({ api: nothing, clock: createVirtualClock() });
    await expect(source.read('1', ['doing'], never)).rejects.toBeInstanceOf(TypeError);
  });
});
