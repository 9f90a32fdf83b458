import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the page and answers the folder it is in. */
export const buildPage = async (): Promise<string> => {
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'warn' });
  return fileURLToPath(new URL('../../.build/web', import.meta.url));
};
