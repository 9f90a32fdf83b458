import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AddressInfo } from 'node:net';
import { instantly, never, type Rig, startRig } from './rig.js';

/** A server that says exactly what it is told, on every connection. */
let server: Server;
let say: (socket: Socket, request: string) => void;
let origin: string;
let requests: string[];
let rig: Rig;

beforeEach(async () => {
  requests = [];
  say = (socket) => socket.destroy();
  server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    let received = '';
    socket.on('data', (data) => {
      received += data.toString();
      const [head = '', body = null] = received.split('\r\n\r\n');
      if (body === null || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)) return;
      const request = received;
      received = '';
      requests.push(request.split('\r\n')[0]!);
      say(socket, request);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  rig = await startRig({ at: origin });
  rig.store.values.set('session', { refreshToken: 'a.b.c.d.e', redirect: 'x', chain: null, trouble: null });
  rig.restart();
});
afterEach(async () => {
  expect(rig.clock.pending()).toBe(0);
  await rig.close();
  await new Promise((closed) => server.close(closed));
});

const json = (body: string, more = ''): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** Answers what leads up to the status; the status is what `rest` says. */
const upToStatus =
  (rest: (socket: Socket) => void) =>
  (socket: Socket, request: string): void => {
    if (request.includes('/token')) socket.write(json('{"access_token":"t","refresh_token":"b.c.d.e.f"}'));
    else if (request.includes('/api/configuration')) socket.write(json(`{"apiBaseUrl":"${origin}"}`));
    else rest(socket);
  };
const status = () => rig.online.api.installations.status('1', never);
const asked = (): number => requests.filter((line) => line.includes('/status')).length;

describe('a service that misbehaves below HTTP', () => {
  it.each<[string, string, (socket: Socket) => void]>([
    ['half a header', 'network', (socket) => socket.end('HTTP/1.1 200 O')],
    ['a body shorter than promised', 'network', (socket) => socket.end(json('{}').replace(': 2', ': 20'))],
    ['something else than HTTP', 'network', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'a broken chunk',
      'network',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n{}'),
    ],
    [
      'JSON that calls itself a page',
      'service_down',
      (socket) => socket.write(json('{}').replace('application/json', 'text/html')),
    ],
    ['an empty answer', 'service_down', (socket) => socket.write(json(''))],
    [
      'a redirect to a page (lesson 9: not followed)',
      'service_down',
      (socket) =>
        socket.write(`HTTP/1.1 302 Found\r\nlocation: ${origin}/maintenance\r\ncontent-length: 0\r\n\r\n`),
    ],
    [
      'a status that nobody has heard of',
      'service_down',
      (socket) => socket.write('HTTP/1.1 799 What\r\ncontent-length: 0\r\n\r\n'),
    ],
  ])('%s is %s', async (_name, kind, answer) => {
    say = upToStatus(answer);
    expect((await rig.failure(status())).kind).toBe(kind);
    expect(asked()).toBe(3);
    expect(requests.some((line) => line.includes('/maintenance'))).toBe(false);
  });

  it('data without a content type are data', async () => {
    say = upToStatus((socket) =>
      socket.write(json('{"heatingEffect":20}').replace(/content-type.*\r\n/, '')),
    );
    expect(await rig.finish(status())).toMatchObject({ heatingEffect: 20 });
  });

  it('a header that comes twice counts once', async () => {
    let times = 0;
    say = upToStatus((socket) => {
      times += 1;
      socket.write(
        times > 1
          ? json('{}')
          : 'HTTP/1.1 429 Wait\r\nretry-after: 2\r\nretry-after: 9999\r\ncontent-length: 0\r\n\r\n',
      );
    });
    const before = rig.clock.now();
    await rig.finish(status());
    expect(rig.clock.now() - before).toBe(2000);
  });

  it('an answer without end is cut off', async () => {
    const chunk = `100000\r\n${' '.repeat(0x100000)}\r\n`;
    say = upToStatus((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
      const more = (): void => {
        while (socket.writable && socket.write(chunk));
      };
      socket.on('drain', more);
      more();
    });
    expect((await rig.failure(status())).kind).toBe('unexpected_answer');
    expect(asked()).toBe(1);
  });

  it('lesson 8: headers and then silence', async () => {
    say = upToStatus((socket) => socket.write(json('{}').replace(': 2', ': 20')));
    const failed = status().catch((error: unknown) => error);
    for (let tries = 1; tries <= 3; tries += 1) {
      await rig.until(() => asked() === tries);
      await rig.clock.advance(tries < 3 ? 21_000 : 20_000, instantly);
    }
    expect(await failed).toMatchObject({ kind: 'timeout' });
  });

  it('a port where nobody listens is the network', async () => {
    await rig.close();
    rig = await startRig({ at: 'http://127.0.0.1:9' });
    rig.store.values.set('session', { refreshToken: 'a.b.c.d.e', redirect: 'x', chain: null, trouble: null });
    rig.restart();
    expect(await rig.failure(status())).toMatchObject({ kind: 'network', facts: { code: 'ECONNREFUSED' } });
  });
});

describe('a sign-in that is sent elsewhere', () => {
  const POLICY = '/thermialogin.onmicrosoft.com/b2c_1a_signuporsigninonline';
  const page = '<script>var SETTINGS = {"csrf":"c","transId":"StateProperties=t"};</script>';
  const found = (location: string): string =>
    `HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`;
  const signIn = () => rig.online.signIn({ username: 'a', password: 'b' }, { keepPassword: false });

  it.each([
    ['back without a code', 'https://online.thermia.se/login?state=x', 'consent_needed', undefined],
    ['back with an empty code', 'https://online.thermia.se/login?code=', 'consent_needed', undefined],
    ['to a page of the policy', `${POLICY}/api/SelfAsserted/confirmed?x=y`, 'consent_needed', undefined],
    [
      'to a page of the policy, spelled otherwise',
      POLICY.toUpperCase() + '/terms',
      'consent_needed',
      undefined,
    ],
    ['to another page of the same host', '/maintenance', 'service_down', undefined],
    ['to a policy of another name', `${POLICY}2/terms`, 'service_down', undefined],
    ['to the policy of another host', `https://other.example${POLICY}/terms`, 'service_down', undefined],
    ['to a page of the web application', 'https://online.thermia.se/terms?code=x', 'service_down', undefined],
    ['to nowhere', '', 'service_down', undefined],
    ['to what is no address', 'http://', 'service_down', undefined],
    [
      'back with the refusal of a password',
      'https://online.thermia.se/login?error=access_denied&error_description=AADB2C90225%3A+x',
      'wrong_credentials',
      'AADB2C90225',
    ],
    [
      'back with an error of its own',
      'https://online.thermia.se/login?error=server_error&error_description=AADB2C90037%3A+x',
      'sign_in_refused',
      'AADB2C90037',
    ],
    [
      'back with an error without words',
      'https://online.thermia.se/login?error=odd',
      'sign_in_refused',
      'odd',
    ],
  ])('%s', async (_name, location, kind, code) => {
    say = (socket, request) => {
      if (request.includes('/authorize')) socket.write(json(page).replace('application/json', 'text/html'));
      else if (request.includes('/SelfAsserted')) socket.write(json('{"status":"200"}'));
      else socket.write(found(location));
    };
    const error = await rig.failure(signIn());
    expect([error.kind, error.facts.code]).toEqual([kind, code]);
    expect(requests).toHaveLength(3);
    expect(error.message).not.toContain('code=x');
  });

  it('to a page that has changed: what is said of it gives nothing away', async () => {
    const changed = `<script>var SETTINGS = {"csrf":"c2VjcmV0","state":"${'x'.repeat(300)}"};</script>`;
    say = (socket) => socket.write(json(changed).replace('application/json', 'text/html'));
    const error = await rig.failure(signIn());
    expect(error.kind).toBe('sign_in_page_changed');
    expect(error.message).toContain('csrf');
    expect(error.message).not.toContain('c2VjcmV0');
  });

  it('from its first page, with the reason', async () => {
    say = (socket) =>
      socket.write(found('https://online.thermia.se/login?error=x&error_description=AADB2C90006%3A'));
    expect(await rig.failure(signIn())).toMatchObject({
      kind: 'sign_in_page_changed',
      facts: { code: 'AADB2C90006' },
    });
  });

  it('with cookies that mean nothing: they are not sent back', async () => {
    const cookies: string[] = [];
    say = (socket, request) => {
      cookies.push(/cookie: (.*)/i.exec(request)?.[1] ?? '');
      if (!request.includes('/authorize')) socket.write(json('{"status":"200"}'));
      else {
        const headers = 'set-cookie: good|one=1; path=/\r\nset-cookie: other=2; domain=evil.example\r\n';
        socket.write(json(page, headers));
      }
    };
    await rig.failure(signIn());
    expect(cookies).toEqual(['', 'good|one=1', 'good|one=1']);
  });
});

describe('a token endpoint that answers oddly', () => {
  it.each([
    [
      'HTTP/1.1 400 Bad\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"a":"b"}',
      'session_failed',
    ],
    ['HTTP/1.1 400 Bad\r\ncontent-length: 5\r\n\r\noops!', 'session_failed'],
  ])('%s keeps the token', async (answer, kind) => {
    say = (socket) => socket.write(answer);
    expect((await rig.failure(status())).kind).toBe(kind);
    expect(rig.store.values.get('session')).toMatchObject({ refreshToken: 'a.b.c.d.e' });
  });
});

describe('an answer with a refresh token and no access token, of a service that kills the old one at once', () => {
  const HOUR = 3_600_000;
  let isOdd: boolean;
  let valid: string;
  let refused: number;

  beforeEach(() => {
    [isOdd, valid, refused] = [true, 'a.b.c.d.e', 0];
    let issued = 0;
    const token = (socket: Socket, request: string): void => {
      if (request.includes('refresh_token=') && !request.includes(`refresh_token=${valid}`)) {
        refused += 1;
        const body = '{"error":"invalid_grant"}';
        socket.write(json(body).replace('200 OK', '400 Bad Request'));
        return;
      }
      issued += 1;
      valid = `a.b.c.d.${issued}`;
      const access = isOdd ? {} : { access_token: 't', expires_in: 600 };
      socket.write(json(JSON.stringify({ ...access, refresh_token: valid })));
    };
    const page = '<script>var SETTINGS = {"csrf":"c","transId":"StateProperties=t"};</script>';
    const rest = upToStatus((socket) => socket.write(json('{"heatingEffect":20}')));
    say = (socket, request) => {
      if (request.includes('/authorize')) socket.write(json(page).replace('application/json', 'text/html'));
      else if (request.includes('/SelfAsserted')) socket.write(json('{"status":"200"}'));
      else if (request.includes('/confirmed')) {
        const location = 'https://online.thermia.se/login?code=x';
        socket.write(`HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`);
      } else if (request.includes('/token')) token(socket, request);
      else rest(socket, request);
    };
  });
  const stored = (): unknown => rig.store.values.get('session');

  it('keeps the new token, and asks less and less often', async () => {
    for (let minute = 0; minute < 360; minute += 1) {
      expect((await rig.failure(status())).kind).toBe('session_failed');
      expect(stored()).toMatchObject({ refreshToken: valid });
      await rig.advance(60_000);
    }
    expect(rig.count('token')).toBeLessThanOrEqual(16);
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    isOdd = false;
    await rig.advance(41 * 60_000);
    expect(await rig.finish(status())).toMatchObject({ heatingEffect: 20 });
    expect(refused).toBe(0);
  });

  it('leaves the access token that still holds alone', async () => {
    isOdd = false;
    await rig.finish(status());
    isOdd = true;
    await rig.advance(6 * 60_000);
    expect(await rig.finish(status())).toMatchObject({ heatingEffect: 20 });
    expect(rig.count('token')).toBe(2);
    expect(stored()).toMatchObject({ refreshToken: valid });
  });

  it('begins a session all the same, for a password and for a pasted token', async () => {
    await rig.finish(rig.online.signIn({ username: 'a', password: 'b' }, { keepPassword: true }));
    expect(stored()).toMatchObject({ refreshToken: valid });
    await rig.finish(rig.online.signInWithToken(valid));
    expect(stored()).toMatchObject({ refreshToken: valid });
    isOdd = false;
    expect(await rig.finish(status())).toMatchObject({ heatingEffect: 20 });
    expect(refused).toBe(0);
  });

  it('begins a session for a kept password as well', async () => {
    await rig.finish(rig.online.signIn({ username: 'a', password: 'b' }, { keepPassword: true }));
    valid = 'revoked';
    expect((await rig.failure(status())).kind).toBe('session_failed');
    isOdd = false;
    await rig.advance(HOUR);
    expect(await rig.finish(status())).toMatchObject({ heatingEffect: 20 });
    expect([refused, rig.count('credentials')]).toEqual([1, 2]);
  });
});
