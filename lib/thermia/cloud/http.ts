import type { Dispatcher } from 'undici';
import { isThermiaError, ThermiaError } from '../errors.js';

export interface HttpRequest {
  /** A short name for logs, errors and the budget; never a URL. */
  readonly endpoint: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** By lower case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Http {
  /** One request, one answer; redirects are not followed. Fails with `timeout`, `network`, `stopped` or `unexpected_answer`. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
}

export const header = (answer: HttpAnswer, name: string): string | null => {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
};

/** A net under the time limits that the clock gives: the socket's own time is real. */
const SOCKET_SILENCE_MS = 30_000;
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const TIMEOUTS = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

const failure = (error: unknown, during: string, signal: AbortSignal): ThermiaError => {
  if (isThermiaError(error)) return error;
  if (signal.aborted) return new ThermiaError('stopped', `${during} was given up`, { during });
  const code = codeOf(error);
  return TIMEOUTS.has(code)
    ? new ThermiaError('timeout', `${during} took too long (${code})`, { during, code })
    : new ThermiaError('network', `${during} did not get through (${code})`, { during, code });
};

const readBody = async (body: AsyncIterable<Uint8Array>, during: string): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES)
      throw new ThermiaError('unexpected_answer', `${during} answered without end`, { during });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

export const createHttp = ({
  dispatcher,
  onRequest,
}: {
  dispatcher: Dispatcher;
  onRequest?: ((endpoint: string) => void) | undefined;
}): Http => ({
  send: async ({ endpoint, method, url, headers, body }, signal) => {
    if (signal.aborted) throw failure(signal.reason, endpoint, signal);
    onRequest?.(endpoint);
    try {
      const answer = await dispatcher.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: { accept: 'application/json', ...headers },
        body: body ?? null,
        signal,
        headersTimeout: SOCKET_SILENCE_MS,
        bodyTimeout: SOCKET_SILENCE_MS,
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: await readBody(answer.body, endpoint),
      };
    } catch (error) {
      throw failure(error, endpoint, signal);
    }
  },
});
