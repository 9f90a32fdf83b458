import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'An error occurred while processing your request.',
  503: 'Service Unavailable',
};

const traceId = (): string => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;

/** Problem JSON of RFC 9110 as ASP.NET writes it. `errors`: by key of the body, what is wrong with it. */
export const problemBody = (status: number, errors?: Readonly<Record<string, readonly string[]>>): string =>
  JSON.stringify({
    type: `https://tools.ietf.org/html/rfc9110#section-15.${status < 500 ? 5 : 6}`,
    title: errors === undefined ? (TITLES[status] ?? 'Error') : 'One or more validation errors occurred.',
    status,
    ...(errors === undefined ? {} : { errors }),
    traceId: traceId(),
  });

export const problem = (
  reply: FastifyReply,
  status: number,
  errors?: Readonly<Record<string, readonly string[]>>,
): FastifyReply =>
  reply.code(status).type('application/problem+json; charset=utf-8').send(problemBody(status, errors));

/** The page that the hosting platform shows while the service behind it is gone. */
export const GONE =
  'The resource you are looking for has been removed, had its name changed, or is temporarily unavailable.';
