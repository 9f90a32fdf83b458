import * as oauth from 'oauth4webapi';
import * as z from 'zod';
import { Problem } from '../../problem.js';

/** A client that a person made at Athom, and where Athom is. */
export interface OauthClient {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUrl: string;
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly endsAt: number | null;
}

const TIMEOUT_MS = 20_000;

const Answer = z.object({
  access_token: z.string().min(1),
  // A service may keep the refresh token that was spent.
  refresh_token: z.string().min(1).optional(),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});
const Refusal = z.object({ error: z.string(), error_description: z.string().optional().catch(undefined) });

/** A request to the token endpoint, as RFC 6749 2.3.1 and 4.1.3 have it. */
const post = async (client: OauthClient, form: Readonly<Record<string, string>>): Promise<Response> => {
  const { baseUrl, clientId, clientSecret } = client;
  try {
    return await fetch(`${baseUrl}/oauth2/token`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams(form),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new Problem('unreachable', 'Athom cannot be reached: check the network and try again.', error);
  }
};

const PASSING = new Set(['temporarily_unavailable', 'server_error']);

const refusalOf = (status: number, body: unknown, whenInvalid: string): Problem => {
  const refusal = Refusal.safeParse(body);
  if (!refusal.success || status >= 500 || status === 429 || PASSING.has(refusal.data.error)) {
    return new Problem(
      'unreachable',
      `Athom is out of order (${status}): try again later; the sign-in is kept.`,
    );
  }
  const { error, error_description: words = '' } = refusal.data;
  const saying = words === '' ? error : `${error}: ${words}`;
  if (error === 'invalid_grant') return new Problem('sign_in', `${whenInvalid} (${saying}).`);
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return new Problem(
      'sign_in',
      `Athom does not accept the client id and secret (${saying}): compare them with your client's page.`,
    );
  }
  return new Problem('sign_in', `Athom refused (${saying}).`);
};

const readTokens = async (response: Response, whenInvalid: string, spent: string | null): Promise<Tokens> => {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem(
      'unreachable',
      `Athom answered with something else (${response.status}): try again later.`,
    );
  }
  if (!response.ok) throw refusalOf(response.status, body, whenInvalid);
  const answer = Answer.safeParse(body);
  const refresh = answer.data?.refresh_token ?? spent;
  if (!answer.success || refresh === null) {
    throw new Problem('unreachable', 'Athom answered without the tokens: try again later.');
  }
  const { access_token: access, expires_in: seconds } = answer.data;
  return { access, refresh, endsAt: seconds === undefined ? null : Date.now() + seconds * 1000 };
};

/** One try to sign in: where to send the person, and what to do with the answer. */
export interface Attempt {
  readonly url: string;
  /** The tokens for the address at which the person came back. Refuses an answer that belongs to another attempt. */
  redeem(returned: URL): Promise<Tokens>;
}

/**
 * PKCE is always offered: a service that does not know it ignores it (RFC 6749 3.1 and 3.2). Whether Athom's does is not
 * known.
 */
export const startAttempt = async (client: OauthClient): Promise<Attempt> => {
  const { baseUrl, clientId, redirectUrl } = client;
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const url = new URL(`${baseUrl}/oauth2/authorise`);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUrl,
    response_type: 'code',
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  return {
    url: url.href,
    redeem: async (returned) => {
      let answer: URLSearchParams;
      try {
        answer = oauth.validateAuthResponse({ issuer: baseUrl }, { client_id: clientId }, returned, state);
      } catch (error) {
        if (error instanceof oauth.AuthorizationResponseError) {
          throw new Problem(
            'sign_in',
            `You were not signed in: Athom says ${error.error}. Nothing was kept.`,
          );
        }
        throw new Problem(
          'sign_in',
          'The answer of the sign-in page does not belong to this sign-in, so it was not used: run `thermia homey login` again.',
          error,
        );
      }
      const response = await post(client, {
        grant_type: 'authorization_code',
        code: answer.get('code') ?? '',
        redirect_uri: redirectUrl,
        code_verifier: verifier,
      });
      return readTokens(
        response,
        'The code has expired or was used before: run `thermia homey login` again',
        null,
      );
    },
  };
};

/** Spends a refresh token. */
export const renew = async (client: OauthClient, refresh: string): Promise<Tokens> => {
  const response = await post(client, { grant_type: 'refresh_token', refresh_token: refresh });
  return readTokens(response, 'The sign-in has ended: run `thermia homey login` again', refresh);
};
