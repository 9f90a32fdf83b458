import * as z from 'zod';
import { ThermiaError } from '../errors.js';

/** A pasted text is a refresh token when it has the five parts of an encrypted token; a signed one has three. */

const claimsSchema = z.object({ scp: z.unknown().optional(), nonce: z.unknown().optional() });

const nameOf = (payload: string): 'access_token' | 'id_token' => {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return claimsSchema.safeParse(claims).data?.scp === undefined ? 'id_token' : 'access_token';
  } catch {
    return 'access_token';
  }
};

/** The token without what pasting adds. Throws `not_a_refresh_token`, with what it is instead as the code. */
export const readPastedToken = (text: string): string => {
  const token = text.trim().replace(/^["']|["',;]+$/g, '');
  const parts = token.split('.');
  if (parts.length === 5 && /^[\w.-]+$/.test(token) && parts[0] !== '') return token;
  const [, payload = ''] = parts;
  const code = parts.length === 3 && token.startsWith('eyJ') ? nameOf(payload) : 'unknown';
  throw new ThermiaError('not_a_refresh_token', `The pasted text is not a refresh token (${code})`, { code });
};
