import { createHash, randomBytes } from 'node:crypto';
import formbody from '@fastify/formbody';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import * as z from 'zod';

/**
 * A stand-in for Athom's account service: one client, one account, one Homey. Strict: a code works once, for a minute and
 * with its verifier; a refresh token works once, and spending it again ends the whole sign-in.
 */
export interface AthomCloud {
  readonly baseUrl: string;
  readonly client: { readonly id: string; readonly secret: string };
  /** What the person does on the sign-in page. */
  visit(url: string, answer: 'agree' | 'refuse'): Promise<string>;
  expireCodes(): void;
  expireAccessTokens(): void;
  endSignIn(): void;
  /** Answers token requests with this from now on; null goes back to normal. */
  breakTokens(how: { readonly status: number; readonly body: string } | null): void;
  /** How often a refresh token was spent. */
  renewals(): number;
  /** Everything secret that was handed out. */
  secrets(): readonly string[];
  close(): Promise<void>;
}

export interface AthomCloudOptions {
  /** Where the Homey is, and a token that signs in to it. */
  readonly homey: { readonly address: string; readonly token: string };
  readonly homeys?: readonly string[];
}

interface Code {
  readonly redirect: string;
  readonly challenge: string | null;
  spent: boolean;
  expired: boolean;
}

const Authorise = z.strictObject({
  client_id: z.string(),
  redirect_uri: z.url(),
  response_type: z.literal('code'),
  state: z.string().min(16),
  code_challenge: z.string().length(43).optional(),
  code_challenge_method: z.literal('S256').optional(),
});
const ByCode = z.strictObject({
  grant_type: z.literal('authorization_code'),
  code: z.string(),
  redirect_uri: z.string(),
  code_verifier: z.string().optional(),
});
const ByRefresh = z.strictObject({ grant_type: z.literal('refresh_token'), refresh_token: z.string() });

const LOOPBACK = /^http:\/\/127\.0\.0\.1:\d+\/$/;

export const startAthomCloud = async ({
  homey,
  homeys = ['Home'],
}: AthomCloudOptions): Promise<AthomCloud> => {
  const client = { id: randomBytes(12).toString('hex'), secret: randomBytes(20).toString('hex') };
  const codes = new Map<string, Code>();
  const access = new Map<string, { valid: boolean }>();
  const refresh = new Map<string, { spent: boolean }>();
  const secrets: string[] = [client.secret];
  let signedIn = true;
  let renewals = 0;
  let broken: { readonly status: number; readonly body: string } | null = null;

  const ping = await fetch(`${homey.address}/api/manager/system/ping`);
  const homeyId = ping.headers.get('x-homey-id') ?? '';

  const make = (): string => {
    const text = randomBytes(20).toString('hex');
    secrets.push(text);
    return text;
  };
  const grant = (): object => {
    const tokens = { access: make(), refresh: make() };
    access.set(tokens.access, { valid: true });
    refresh.set(tokens.refresh, { spent: false });
    return {
      token_type: 'bearer',
      access_token: tokens.access,
      refresh_token: tokens.refresh,
      expires_in: 3600,
    };
  };
  const refuse = (reply: FastifyReply, error: string, description: string): FastifyReply =>
    reply.code(400).send({ error, error_description: description });

  const server = fastify();
  await server.register(formbody);

  server.get('/oauth2/authorise', (request, reply) => {
    const asked = Authorise.safeParse(request.query);
    if (!asked.success) return reply.code(400).send(z.prettifyError(asked.error));
    const { client_id: id, redirect_uri: redirect, code_challenge: challenge = null } = asked.data;
    if (id !== client.id || !LOOPBACK.test(redirect))
      return reply.code(400).send('Unknown client or redirect URL');
    const code = make();
    codes.set(code, { redirect, challenge, spent: false, expired: false });
    return reply.send({ code });
  });

  const byCode = (form: z.output<typeof ByCode>, reply: FastifyReply): FastifyReply => {
    const code = codes.get(form.code);
    if (code === undefined || code.spent) return refuse(reply, 'invalid_grant', 'Invalid code');
    code.spent = true;
    if (code.expired) return refuse(reply, 'invalid_grant', 'Code has expired');
    const verified = createHash('sha256')
      .update(form.code_verifier ?? '')
      .digest('base64url');
    if (code.redirect !== form.redirect_uri || (code.challenge !== null && code.challenge !== verified)) {
      return refuse(reply, 'invalid_grant', 'Wrong redirect or verifier');
    }
    return reply.send(grant());
  };
  const byRefresh = (form: z.output<typeof ByRefresh>, reply: FastifyReply): FastifyReply => {
    const token = refresh.get(form.refresh_token);
    if (token === undefined || !signedIn) return refuse(reply, 'invalid_grant', 'Invalid refresh token');
    if (token.spent) {
      signedIn = false;
      return refuse(reply, 'invalid_grant', 'Refresh token was used before');
    }
    token.spent = true;
    renewals += 1;
    return reply.send(grant());
  };
  server.post('/oauth2/token', (request, reply) => {
    if (broken !== null) return reply.code(broken.status).type('text/html').send(broken.body);
    const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
    if (request.headers.authorization !== `Basic ${basic}`) {
      return reply.code(401).send({ error: 'invalid_client', error_description: 'Wrong client' });
    }
    const coded = ByCode.safeParse(request.body);
    if (coded.success) return byCode(coded.data, reply);
    const refreshed = ByRefresh.safeParse(request.body);
    if (refreshed.success) return byRefresh(refreshed.data, reply);
    return refuse(reply, 'invalid_request', 'Not a form of this service');
  });

  const allowed = (request: FastifyRequest, reply: FastifyReply): boolean => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (signedIn && access.get(token ?? '')?.valid === true) return true;
    reply.code(401).send({ error: 'invalid_token', error_description: 'Token has expired' });
    return false;
  };
  server.get('/user/me', (request, reply) => {
    if (!allowed(request, reply)) return reply;
    return {
      _id: 'user',
      firstname: 'Test',
      homeys: homeys.map((name, index) => ({
        _id: index === 0 ? homeyId : `${homeyId}${String(index)}`,
        name,
        apiVersion: 3,
        platform: 'local',
        platformVersion: 2,
        softwareVersion: '12.9.0',
        language: 'en',
        role: 'owner',
        localUrl: homey.address,
        localUrlSecure: null,
        remoteUrl: null,
      })),
      devices: [],
    };
  });
  server.post('/delegation/token', (request, reply) => {
    if (!allowed(request, reply)) return reply;
    return reply.type('application/json').send(JSON.stringify(homey.token));
  });

  const baseUrl = await server.listen({ port: 0, host: '127.0.0.1' });
  return {
    baseUrl,
    client,
    visit: async (url, answer) => {
      const asked = new URL(url);
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('state', asked.searchParams.get('state') ?? '');
      if (answer === 'refuse') back.searchParams.set('error', 'access_denied');
      else {
        const page = await fetch(asked);
        const { code } = z.object({ code: z.string() }).parse(await page.json());
        back.searchParams.set('code', code);
      }
      return back.href;
    },
    expireCodes: () => {
      for (const code of codes.values()) code.expired = true;
    },
    expireAccessTokens: () => {
      for (const token of access.values()) token.valid = false;
    },
    endSignIn: () => {
      signedIn = false;
    },
    breakTokens: (how) => {
      broken = how;
    },
    renewals: () => renewals,
    secrets: () => secrets,
    close: () => server.close(),
  };
};
