import { isThermiaError } from '../errors.js';
import { REDIRECTS } from './addresses.js';
import { readPastedToken } from './refresh-token.js';
import type { Grant, TokenEndpoint } from './token-endpoint.js';

/** What a pasted token gave, and which way back it came from. */
export interface SpentToken {
  readonly token: string;
  readonly redirect: string;
  readonly grant: Grant;
}

/** A refusal in OAuth's own words has a code. Whatever else comes may have spent the token. */
const isRefusal = (error: unknown): boolean =>
  isThermiaError(error, 'sign_in_needed', 'session_failed') && error.facts.code !== undefined;

export const spendPastedToken = async (tokens: TokenEndpoint, text: string): Promise<SpentToken> => {
  const token = readPastedToken(text);
  let refused: unknown;
  for (const redirect of REDIRECTS) {
    try {
      return { token, redirect, grant: await tokens.refresh(token, redirect) };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused ??= error;
    }
  }
  throw refused;
};
