import * as z from 'zod';
import { ThermiaError, type ErrorFacts } from '../errors.js';
import { header, type HttpAnswer } from './http.js';
import { parseRetryAfter } from './retry-after.js';

/** What an answer means. Only the body tells whether it is one: outages answer 200 with a page, and 404 for everything. */

const problemSchema = z.object({ status: z.number() });

const parseJson = (answer: HttpAnswer): { readonly value: unknown } | null => {
  const type = header(answer, 'content-type');
  if (type !== null && !/\bjson\b/i.test(type)) return null;
  try {
    return { value: JSON.parse(answer.text) as unknown };
  } catch {
    return null;
  }
};

/** Throws unless the answer is a success; what the body holds is not looked at. */
export const assertSuccess = (answer: HttpAnswer, during: string, now: number): void => {
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  const retryAfterMs = parseRetryAfter(header(answer, 'retry-after'), now);
  const facts: ErrorFacts = { status, during, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  if (status === 429 || (status === 503 && retryAfterMs !== null)) {
    throw new ThermiaError('throttled', `${during}: the service asks to wait`, facts);
  }
  if (status === 401) throw new ThermiaError('unauthorized', `${during}: the token was not accepted`, facts);
  if (status === 404 && problemSchema.safeParse(parseJson(answer)?.value).success) {
    throw new ThermiaError('not_found', `${during}: the service does not know it`, facts);
  }
  if (status < 400 || status === 404 || status === 408 || status >= 500 || isPage(answer)) {
    throw new ThermiaError('service_down', `${during}: the service is out of order (${status})`, facts);
  }
  throw new ThermiaError('rejected', `${during}: refused (${status}) ${answer.text.slice(0, 200)}`, facts);
};

export const isPage = (answer: HttpAnswer): boolean =>
  /\bhtml\b/i.test(header(answer, 'content-type') ?? '') || answer.text.trimStart().startsWith('<');

/** The body of a success. */
export const readJson = (answer: HttpAnswer, during: string, now: number): unknown => {
  assertSuccess(answer, during, now);
  const json = parseJson(answer);
  if (json !== null) return json.value;
  throw new ThermiaError('service_down', `${during}: something else than data came back`, {
    status: answer.status,
    during,
  });
};

/** Reads a value loosely; fails only where the whole answer is of another shape. */
export const readAs = <T>(schema: z.ZodType<T>, value: unknown, during: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ThermiaError('unexpected_answer', `${during}: ${z.prettifyError(parsed.error)}`, { during });
};
