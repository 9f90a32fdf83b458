import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type * as z from 'zod';
import { Problem } from '../problem.js';

const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;
const OTHERS = 0o077;

/** A JSON file that only its owner can read; written whole or not at all. */
export interface PrivateFile<T> {
  readonly path: string;
  /** Null where there is none. Refuses a file that others can read, or that is damaged. */
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
  erase(): Promise<void>;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

const assertPrivate = async (path: string, remedy: string): Promise<void> => {
  // Windows keeps rights elsewhere; the user's own folder is private there.
  if (process.platform === 'win32') return;
  const { mode, uid } = await stat(path);
  if ((mode & OTHERS) !== 0) {
    throw new Problem(
      'file',
      `${path} can be read by others, so it is not used: run \`chmod 600 '${path}'\`, or ${remedy}.`,
    );
  }
  if (process.getuid !== undefined && uid !== process.getuid()) {
    throw new Problem('file', `${path} belongs to somebody else, so it is not used.`);
  }
};

const SIGN_IN_AGAIN = 'delete it and sign in again';

export const privateFile = <T>(
  path: string,
  schema: z.ZodType<T>,
  { remedy = SIGN_IN_AGAIN }: { readonly remedy?: string } = {},
): PrivateFile<T> => ({
  path,
  read: async () => {
    let text: string;
    try {
      await assertPrivate(path, remedy);
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      if (error instanceof Problem) throw error;
      throw new Problem('file', `${path} cannot be read.`, error);
    }
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw new Problem('file', `${path} is damaged: ${remedy}.`);
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new Problem('file', `${path} is not a file of this version: ${remedy}.`);
  },
  write: async (value) => {
    try {
      await mkdir(dirname(path), { recursive: true, mode: FOLDER_OWNER_ONLY });
      await writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`, { mode: OWNER_ONLY });
    } catch (error) {
      throw new Problem(
        'file',
        `${path} cannot be written: is there room, and may you write in this folder?`,
        error,
      );
    }
  },
  erase: async () => {
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw new Problem('file', `${path} cannot be erased: may you write in this folder?`, error);
    }
  },
});
