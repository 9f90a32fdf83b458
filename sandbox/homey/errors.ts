import { isRecord } from './json.js';

/** An error that travels: to a client with its status, to the app with its message. */
export class HomeyError extends Error {
  readonly statusCode: number;
  constructor(statusCode: number, message: string) {
    super(message);
    this.name = 'HomeyError';
    this.statusCode = statusCode;
  }
}

export const badRequest = (message: string): HomeyError => new HomeyError(400, message);
export const missingScopes = (): HomeyError => new HomeyError(403, 'Missing Scopes');
export const conflict = (message: string): HomeyError => new HomeyError(409, message);
export const notFound = (kind: string, id: string): HomeyError =>
  new HomeyError(404, `Not Found: ${kind} with ID ${id}`);
export const notImplemented = (what: string): HomeyError => new HomeyError(501, `Not Implemented: ${what}`);

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export interface WireError {
  readonly error: string;
  readonly error_description: string;
  readonly statusCode: number;
  readonly stack: string | null;
}

/** The shape in which a Homey answers a failure, over HTTP and over the socket. */
export const toWireError = (error: unknown): WireError => ({
  error: messageOf(error),
  error_description: messageOf(error),
  statusCode: statusOf(error),
  stack: error instanceof Error ? (error.stack ?? null) : null,
});

const statusOf = (error: unknown): number => (error instanceof HomeyError ? error.statusCode : 500);

/** Rebuilds an error that came over the border as a copy. */
export const fromWireError = (copy: unknown): HomeyError => {
  const message = isRecord(copy) && typeof copy['error'] === 'string' ? copy['error'] : 'Unknown Error';
  const status = isRecord(copy) && typeof copy['statusCode'] === 'number' ? copy['statusCode'] : 500;
  const error = new HomeyError(status, message);
  error.stack = `Error: ${message}\n    at Remote Process`;
  return error;
};
