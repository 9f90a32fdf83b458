import { randomBytes, randomUUID } from 'node:crypto';
import { HomeyError } from './errors.js';
import type { Store } from './store.js';

export interface Session {
  readonly id: string;
  readonly type: 'OAUTH' | 'APP' | 'PAT';
  readonly scopes: readonly string[];
  readonly token: string;
  /** Whether a call that names these scopes may be made; any one of them is enough. */
  readonly allows: (scopes: readonly string[]) => boolean;
}

export interface Sessions {
  readonly owner: Session;
  readonly app: Session;
  /** Throws 401 where the header holds no token or an unknown one. */
  readonly fromHeader: (header: string | undefined) => Session | null;
  readonly fromToken: (token: string) => Session;
}

const createSession = (
  id: string,
  type: Session['type'],
  token: string,
  scopes: readonly string[],
  refused: readonly string[],
): Session => ({
  id,
  type,
  token,
  scopes,
  allows: (wanted) => wanted.length === 0 || wanted.some((scope) => !refused.includes(scope)),
});

/** The owner's token outlives restarts; the app's lives as long as the Homey. */
export const createSessions = (store: Store): Sessions => {
  const make = (): string => `${randomUUID()}:${randomUUID()}:${randomBytes(20).toString('hex')}`;
  const known = store.meta.get('ownerToken');
  const ownerToken = typeof known === 'string' ? known : make();
  if (known !== ownerToken) store.meta.putSync('ownerToken', ownerToken);
  const owner = createSession(ownerToken.split(':', 1)[0] ?? '', 'PAT', ownerToken, ['homey'], []);
  const app = createSession(
    randomUUID(),
    'APP',
    make(),
    ['homey.flow.readonly', 'homey.flow.start'],
    ['homey.flow'],
  );
  const fromToken = (token: string): Session => {
    const session = [owner, app].find((candidate) => candidate.token === token);
    if (session === undefined) throw new HomeyError(401, 'Session Not Found');
    return session;
  };
  return {
    owner,
    app,
    fromToken,
    fromHeader: (header) => {
      if (header === undefined) return null;
      const token = /^Bearer (.+)$/.exec(header)?.[1];
      if (token === undefined) throw new HomeyError(401, 'Missing Session ID in Token');
      return fromToken(token);
    },
  };
};
