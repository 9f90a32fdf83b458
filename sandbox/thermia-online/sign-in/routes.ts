import { createHash } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Behaviour } from '../behaviour.js';
import type { Counters } from '../counters.js';
import type { Accounts } from './accounts.js';
import {
  b2cError,
  CLIENT_ID,
  description,
  LOGIN_PATH,
  noise,
  POLICY,
  REDIRECT_URIS,
  TENANT,
  type B2cError,
} from './b2c.js';
import { consentPage, errorPage, loginPage, type PageFacts } from './pages.js';
import type { SessionPolicy } from './policy.js';
import type { TokenStore } from './tokens.js';
import type { Transaction, Transactions } from './transactions.js';

export interface SignInDependencies {
  readonly now: () => number;
  readonly policy: () => SessionPolicy;
  readonly behaviour: () => Behaviour;
  readonly accounts: Accounts;
  readonly tokens: TokenStore;
  readonly transactions: Transactions;
  readonly counters: () => Counters;
  /** Makes what was issued durable; called before it is answered. */
  readonly persist: () => void;
}

const SSO_COOKIE = `x-ms-cpim-sso:${TENANT}_0`;

type Fields = Readonly<Record<string, string>>;

const queryOf = (request: FastifyRequest): Fields =>
  Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);

const formOf = (request: FastifyRequest): Fields => {
  const { body } = request;
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
};

const page = (reply: FastifyReply, status: number, body: string): FastifyReply =>
  reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(body);

const factsOf = ({ csrf, tx: transId }: Transaction): PageFacts => ({
  csrf,
  transId,
  tenant: TENANT,
  policy: POLICY,
});

const s256 = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

export const registerSignIn = async (app: FastifyInstance, deps: SignInDependencies): Promise<void> => {
  const { now, policy, behaviour, accounts, tokens, transactions, counters, persist } = deps;
  await app.register(cookie);
  await app.register(formbody);

  const setCookie = (reply: FastifyReply, name: string, value: string): FastifyReply =>
    reply.setCookie(name, value, {
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'none',
      encode: (text) => text,
    });

  const setCookies = (reply: FastifyReply, transaction: Transaction): void => {
    setCookie(reply, transaction.cacheName, transaction.cache);
    setCookie(reply, 'x-ms-cpim-trans', transaction.trans);
  };

  const redirect = (reply: FastifyReply, to: string, state: string | null, fields: Fields): FastifyReply => {
    const url = new URL(to);
    for (const [key, value] of Object.entries(fields)) url.searchParams.set(key, value);
    if (state !== null) url.searchParams.set('state', state);
    return reply.code(302).header('location', url.href).type('text/html; charset=utf-8').send('');
  };

  /** The transaction that this request belongs to, if its query, header and cookies prove it. */
  const transactionOf = (
    request: FastifyRequest,
    query: Fields,
    csrf: string | undefined,
  ): Transaction | null => {
    const transaction = transactions.find(query['tx'] ?? '');
    if (transaction === undefined || query['p']?.toLowerCase() !== POLICY.toLowerCase()) return null;
    const { cookies } = request;
    const proven =
      csrf === transaction.csrf &&
      cookies['x-ms-cpim-csrf'] === transaction.csrf &&
      cookies['x-ms-cpim-trans'] === transaction.trans &&
      cookies[transaction.cacheName] === transaction.cache;
    return proven ? transaction : null;
  };

  app.get(`${LOGIN_PATH}/oauth2/v2.0/authorize`, { config: { endpoint: 'authorize' } }, (request, reply) => {
    const query = queryOf(request);
    const { redirect_uri: redirectUri = '', scope = '', state = null } = query;
    const challenge = query['code_challenge'] ?? '';
    const refuse = (code: string, text: string): FastifyReply =>
      page(reply, 400, errorPage(description(b2cError('invalid_request', code, text), now())));
    const clientId = query['client_id'];
    if (clientId === undefined)
      return refuse('AADB2C90008', 'The request does not contain a client ID parameter.');
    if (clientId !== CLIENT_ID) {
      return refuse(
        'AADB2C90018',
        `The client ID '${clientId}' specified in the request is not registered in tenant '${TENANT}'.`,
      );
    }
    if (!REDIRECT_URIS.includes(redirectUri)) {
      return refuse(
        'AADB2C90006',
        `The redirect URI '${redirectUri}' provided in the request is not registered for the client ID '${CLIENT_ID}'.`,
      );
    }
    const fail = (error: B2cError): FastifyReply =>
      redirect(reply, redirectUri, state, {
        error: error.error,
        error_description: description(error, now()),
      });
    if (query['response_type'] !== 'code') {
      return fail(
        b2cError(
          'unsupported_response_type',
          'AADB2C90013',
          `The requested response type '${query['response_type'] ?? ''}' provided in the request is not supported.`,
        ),
      );
    }
    if (!scope.split(/\s+/).includes(CLIENT_ID)) {
      return fail(
        b2cError('invalid_request', 'AADB2C90010', 'The request does not contain a scope parameter.'),
      );
    }
    if (query['code_challenge_method'] !== 'S256' || !/^[\w-]{43}$/.test(challenge)) {
      return fail(b2cError('invalid_request', 'AADB2C90183', 'The supplied code_challenge is invalid.'));
    }
    const known = transactions.remembered(request.cookies[SSO_COOKIE] ?? '');
    if (known !== undefined && !policy().consentNeeded) {
      return redirect(reply, redirectUri, state, {
        code: transactions.code({ redirectUri, scope, challenge }, known),
      });
    }
    const transaction = transactions.begin({ redirectUri, scope, challenge, state });
    setCookie(reply, 'x-ms-cpim-slice', `sandbox-${noise(3)}`);
    setCookie(reply, 'x-ms-cpim-csrf', transaction.csrf);
    setCookies(reply, transaction);
    return page(reply, 200, loginPage(behaviour().loginPage, factsOf(transaction)));
  });

  app.post(`${LOGIN_PATH}/SelfAsserted`, { config: { endpoint: 'self_asserted' } }, (request, reply) => {
    const header = request.headers['x-csrf-token'];
    const transaction = transactionOf(
      request,
      queryOf(request),
      typeof header === 'string' ? header : undefined,
    );
    if (transaction === null) return page(reply, 400, errorPage('Bad Request'));
    const form = formOf(request);
    const username = form['signInName'] ?? '';
    const answer = (body: Fields): FastifyReply => {
      transactions.renew(transaction);
      setCookies(reply, transaction);
      // The real one says text/json as well: only the body tells success from failure.
      return reply.code(200).type('text/json; charset=utf-8').send(JSON.stringify(body));
    };
    if (form['request_type'] !== 'RESPONSE' || username === '' || (form['password'] ?? '') === '') {
      return answer({
        status: '400',
        errorCode: 'AADB2C90161',
        message: 'A self-asserted send response has failed.',
      });
    }
    counters().passwordTries += 1;
    const result = accounts.check(username, form['password'] ?? '');
    if (result === 'wrong') {
      return answer({ status: '400', errorCode: 'AADB2C90053', message: 'Invalid username or password.' });
    }
    if (result === 'locked') {
      return answer({
        status: '400',
        errorCode: 'AADB2C90114',
        message: 'Your account is temporarily locked to prevent unauthorized use. Try again later.',
      });
    }
    transaction.username = username;
    counters().passwordSignIns += 1;
    persist();
    return answer({ status: '200' });
  });

  app.get(
    `${LOGIN_PATH}/api/CombinedSigninAndSignup/confirmed`,
    { config: { endpoint: 'confirmed' } },
    (request, reply) => {
      const query = queryOf(request);
      const transaction = transactionOf(request, query, query['csrf_token']);
      if (transaction === null) return page(reply, 400, errorPage('Bad Request'));
      const { username, redirectUri, state } = transaction;
      if (username === null) {
        return redirect(reply, redirectUri, state, {
          error: 'access_denied',
          error_description: description(
            b2cError(
              'access_denied',
              'AADB2C90091',
              'The user has cancelled entering self-asserted information.',
            ),
            now(),
          ),
        });
      }
      if (policy().consentNeeded) return page(reply, 200, consentPage(factsOf(transaction)));
      setCookie(reply, SSO_COOKIE, transactions.remember(username));
      return redirect(reply, redirectUri, state, { code: transactions.code(transaction, username) });
    },
  );

  app.post(`${LOGIN_PATH}/oauth2/v2.0/token`, { config: { endpoint: 'token' } }, (request, reply) => {
    const form = formOf(request);
    reply.header('cache-control', 'private, no-store').type('application/json; charset=utf-8');
    const refuse = (error: B2cError): FastifyReply => {
      if (form['grant_type'] === 'refresh_token') counters().refreshesRefused += 1;
      return reply
        .code(400)
        .send(JSON.stringify({ error: error.error, error_description: description(error, now()) }));
    };
    const missing = (name: string): FastifyReply =>
      refuse(
        b2cError('invalid_request', 'AADB2C90083', `The request is missing required parameter: ${name}.`),
      );
    const { grant_type: grantType, client_id: clientId, redirect_uri: redirectUri } = form;
    if (grantType === undefined) return missing('grant_type');
    if (clientId === undefined) return missing('client_id');
    if (clientId !== CLIENT_ID) {
      return refuse(
        b2cError(
          'unauthorized_client',
          'AADB2C90018',
          `The client ID '${clientId}' specified in the request is not registered in tenant '${TENANT}'.`,
        ),
      );
    }

    if (grantType === 'refresh_token') {
      const token = form['refresh_token'];
      if (token === undefined || token === '') return missing('refresh_token');
      if (redirectUri !== undefined && !REDIRECT_URIS.includes(redirectUri)) {
        return refuse(
          b2cError(
            'invalid_request',
            'AADB2C90006',
            `The redirect URI '${redirectUri}' provided in the request is not registered for the client ID '${CLIENT_ID}'.`,
          ),
        );
      }
      const result = tokens.refresh(token, form['scope'] ?? CLIENT_ID);
      if ('refused' in result) return refuse(result.refused);
      counters().refreshes += 1;
      persist();
      return reply.code(200).send(JSON.stringify(result.answer));
    }

    if (grantType !== 'authorization_code') {
      return refuse(
        b2cError(
          'unsupported_grant_type',
          'AADB2C90086',
          `The supplied grant_type [${grantType}] is not supported.`,
        ),
      );
    }
    const { code = '', code_verifier: verifier } = form;
    if (code === '') return missing('code');
    if (redirectUri === undefined) return missing('redirect_uri');
    const grant = transactions.grant(code);
    const invalid = (error: string, text: string): FastifyReply =>
      refuse(b2cError('invalid_grant', error, text));
    if (grant === undefined)
      return invalid('AADB2C90088', 'The provided grant has not been issued for this endpoint.');
    if (grant.used)
      return invalid(
        'AADB2C90129',
        'The provided grant has been revoked. Please re-authenticate and try again.',
      );
    if (grant.issuedAt + policy().codeLifeMs < now()) {
      return invalid('AADB2C90080', 'The provided grant has expired. Please re-authenticate and try again.');
    }
    if (redirectUri !== grant.redirectUri) {
      return invalid('AADB2C90088', 'The provided grant has not been issued for this redirect URI.');
    }
    if (verifier === undefined || s256(verifier) !== grant.challenge) {
      return invalid('AADB2C90183', 'The supplied code_verifier is invalid.');
    }
    grant.used = true;
    const answer = tokens.issue(grant.username, form['scope'] ?? grant.scope);
    persist();
    return reply.code(200).send(JSON.stringify(answer));
  });
};
