import { join } from 'node:path';
import * as z from 'zod';
import type { Credentials, CredentialStore, Json, Store } from '../../lib/thermia/index.js';
import { privateFile } from '../files/private-file.js';
import { Problem } from '../problem.js';
import type { Shell } from '../shell.js';

const Content = z.strictObject({
  version: z.literal(1),
  /** Where the sign-in was made; null for Thermia's own servers. Its tokens go nowhere else. */
  origin: z.string().nullable(),
  session: z.record(z.string(), z.json()),
  credentials: z.strictObject({ username: z.string(), password: z.string() }).nullable(),
});
type Content = z.output<typeof Content>;

/** The account at Thermia Online as it rests in one file: the session, and the password where it is to be kept. */
export interface AccountFile {
  readonly path: string;
  readonly origin: string | null;
  readonly exists: boolean;
  readonly store: Store;
  readonly credentials: CredentialStore;
  useOrigin(origin: string | null): void;
}

export const accountPath = ({ folder }: Pick<Shell, 'folder'>): string => join(folder, 'online.json');

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const SECRET_LENGTH = 20;

/** Without reading it: one that is damaged, or that others can read, has to go as well. */
export const eraseAccountFile = (shell: Shell): Promise<void> =>
  privateFile(accountPath(shell), Content).erase();

/** `isReplaced`: a file that cannot be used is no obstacle, since a new sign-in takes its place. */
export const openAccountFile = async (
  shell: Shell,
  { isReplaced }: { readonly isReplaced: boolean },
): Promise<AccountFile> => {
  const file = privateFile(accountPath(shell), Content);
  const kept = await file.read().catch((error: unknown) => {
    if (isReplaced && error instanceof Problem) return null;
    throw error;
  });
  let content: Content = kept ?? { version: 1, origin: null, session: {}, credentials: null };
  const keepSecrets = (): void => {
    shell.secrets.keep(content.credentials?.password);
    // Whatever is long in a session is a token.
    for (const text of textsIn(content.session)) if (text.length >= SECRET_LENGTH) shell.secrets.keep(text);
  };
  keepSecrets();
  let writing: Promise<void> = Promise.resolve();
  const change = (part: Partial<Content>): Promise<void> => {
    content = { ...content, ...part };
    keepSecrets();
    writing = writing.catch(() => undefined).then(() => file.write(content));
    return writing;
  };
  return {
    path: file.path,
    get origin() {
      return content.origin;
    },
    exists: kept !== null,
    store: {
      get: (key) => content.session[key] ?? null,
      set: (key, value: Json) => change({ session: { ...content.session, [key]: z.json().parse(value) } }),
      unset: (key) => {
        const session = Object.fromEntries(Object.entries(content.session).filter(([each]) => each !== key));
        return change({ session });
      },
    },
    credentials: {
      load: () => Promise.resolve(content.credentials),
      save: ({ username, password }: Credentials) => change({ credentials: { username, password } }),
      erase: () => change({ credentials: null }),
    },
    useOrigin: (origin) => {
      content = { ...content, origin };
    },
  };
};
