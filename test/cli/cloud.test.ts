import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { readReturn } from '../../cli/homey/cloud/loopback.js';
import { startAthomCloud, type AthomCloud } from '../support/athom-cloud.js';
import { eventually, Sandboxes, type RunningSandbox } from '../support/sandbox.js';
import { createCli, type Cli, type Ended, type Running } from './rig.js';

const sandboxes = new Sandboxes();
let sandbox: RunningSandbox;
let cloud: AthomCloud;
let cli: Cli;

beforeAll(async () => {
  sandbox = await sandboxes.start(['--unpaired']);
});
afterAll(() => sandboxes.cleanUp());

beforeEach(async () => {
  cloud = await startAthomCloud({ homey: sandbox.homey });
  cli = createCli();
});
afterEach(async () => {
  cli.cleanUp();
  await cloud.close();
});

const env = (): Record<string, string> => ({ ATHOM_CLOUD_API_BASEURL: cloud.baseUrl });
const file = (): string => join(cli.folder, 'homey.json');

/** Starts to sign in, and waits for the address of the sign-in page. */
const begin = async (secret = cloud.client.secret): Promise<{ login: Running; page: string }> => {
  const login = cli.start(
    ['homey', 'login', '--client-id', cloud.client.id, '--port', '0', '--no-browser', '--verbose'],
    { input: [secret], env: env() },
  );
  const said = await eventually(
    () => login.err(),
    (err) => /Sign in here: \S+\n/.test(err),
  );
  return { login, page: /Sign in here: (\S+)\n/.exec(said)?.[1] ?? '' };
};

const signIn = async (): Promise<Ended> => {
  const { login, page } = await begin();
  await fetch(await cloud.visit(page, 'agree'));
  return login.ended;
};

const noSecretIn = ({ out, err }: Ended): void => {
  for (const secret of [...cloud.secrets(), sandbox.homey.token]) expect(out + err).not.toContain(secret);
};

/** As if the Homey's own session were a day old. */
const forgetHomeySession = (): void => {
  const kept = z.looseObject({}).parse(JSON.parse(readFileSync(file(), 'utf8')));
  writeFileSync(file(), JSON.stringify({ ...kept, sessions: {} }));
};

test('the code is caught, exchanged with its verifier and kept; then the Homey answers', async () => {
  const done = await signIn();
  expect(done.out).toBe('Signed in to Home through your Athom account.\n');
  expect(done.code).toBe(0);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  noSecretIn(done);

  const zones = await cli.run(['homey', 'zones', '--verbose'], {
    env: { ...env(), ATHOM_CLOUD_API_DEBUG: '1' },
  });
  expect(zones.out).toContain('Home');
  noSecretIn(zones);
  expect(cloud.renewals()).toBe(0);
});

test('nothing is asked of the account while the session on the Homey lasts', async () => {
  await signIn();
  expect((await cli.run(['homey', 'zones'], { env: env() })).code).toBe(0);
  cloud.endSignIn();
  expect((await cli.run(['homey', 'zones'], { env: env() })).code).toBe(0);
});

test('an expired code is told as such, and nothing is kept', async () => {
  const { login, page } = await begin();
  const back = await cloud.visit(page, 'agree');
  cloud.expireCodes();
  const answer = await fetch(back);
  const ended = await login.ended;
  expect(ended.code).toBe(3);
  expect(ended.err).toContain('The code has expired');
  expect(answer.status).toBe(400);
  expect(existsSync(file())).toBe(false);
  noSecretIn(ended);
});

test('an answer with another state is not used', async () => {
  const { login, page } = await begin();
  const back = new URL(await cloud.visit(page, 'agree'));
  back.searchParams.set('state', 'somebody-elses-state-0123456789');
  await fetch(back);
  const ended = await login.ended;
  expect(ended.code).toBe(3);
  expect(ended.err).toContain('does not belong to this sign-in');
  expect(existsSync(file())).toBe(false);
});

test('what a page in the browser sends ends no sign-in', async () => {
  const { login, page } = await begin();
  const back = await cloud.visit(page, 'agree');
  const { host, port } = new URL(back);
  const raw = connect(Number(port), '127.0.0.1');
  raw.end(`GET // HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect(await text(raw)).toMatch(/^HTTP\/1\.1 404 /);
  for (const stray of ['/?error=x', '/?code=x']) expect((await fetch(new URL(stray, back))).status).toBe(400);
  await fetch(back);
  expect((await login.ended).code).toBe(0);
});

test.each<[string, string]>([
  ['//', 'nothing'],
  ['//evil.example/?code=a&state=b', 'nothing'],
  ['http://[', 'nothing'],
  ['/favicon.ico?code=a&state=b', 'nothing'],
  ['/', 'nothing'],
  ['/?state=b', 'nothing'],
  ['/?error=x', 'stray'],
  ['/?code=a', 'stray'],
  ['/?code=a&state=b', 'http://127.0.0.1:4879/?code=a&state=b'],
  ['/?error=x&state=b', 'http://127.0.0.1:4879/?error=x&state=b'],
])('%s is %s', (path, expected) => {
  expect(String(readReturn(path, 'http://127.0.0.1:4879/'))).toBe(expected);
});

test('a refused consent is told as such', async () => {
  const { login, page } = await begin();
  await fetch(await cloud.visit(page, 'refuse'));
  const ended = await login.ended;
  expect(ended.code).toBe(3);
  expect(ended.err).toContain('access_denied');
  expect(existsSync(file())).toBe(false);
});

test('other requests to the loopback address are no answer, and a wrong client secret is named', async () => {
  const { login, page } = await begin('not-the-secret-of-this-client');
  const back = new URL(await cloud.visit(page, 'agree'));
  expect((await fetch(new URL('/favicon.ico', back))).status).toBe(404);
  expect((await fetch(new URL('/', back))).status).toBe(404);
  await fetch(back);
  const ended = await login.ended;
  expect(ended.code).toBe(3);
  expect(ended.err).toContain('does not accept the client id and secret');
  expect(ended.err).not.toContain('not-the-secret');
});

test('an expired token is renewed once, also by two processes at the same moment', async () => {
  await signIn();
  for (const round of [1, 2]) {
    forgetHomeySession();
    cloud.expireAccessTokens();
    const both = await Promise.all(
      [0, 1].map(() => cli.run(['homey', 'zones', '--verbose'], { env: env() })),
    );
    expect(both.map(({ code, err }) => (code === 0 ? 'fine' : err))).toEqual(['fine', 'fine']);
    expect(cloud.renewals()).toBe(round);
    for (const ended of both) noSecretIn(ended);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  }
});

test('an account service that is out of order costs no sign-in; one that ends it is told as such', async () => {
  await signIn();
  forgetHomeySession();
  cloud.expireAccessTokens();
  for (const status of [500, 503, 200]) {
    cloud.breakTokens({ status, body: '<html>maintenance</html>' });
    const failed = await cli.run(['homey', 'zones'], { env: env() });
    expect(failed.code).toBe(6);
  }
  cloud.breakTokens(null);
  expect((await cli.run(['homey', 'zones'], { env: env() })).code).toBe(0);

  forgetHomeySession();
  cloud.expireAccessTokens();
  cloud.endSignIn();
  const ended = await cli.run(['homey', 'zones'], { env: env() });
  expect(ended.code).toBe(3);
  expect(ended.err).toContain('run `thermia homey login` again');
});
