// Makes one file of the command line tool and the libraries it uses, so that a call starts in half a second.
import { build } from 'esbuild';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REQUIRE } from './require-banner.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [out] = process.argv.slice(2);
const draft = `${out}.draft`;

await build({
  absWorkingDir: root,
  entryPoints: [join(root, 'cli', 'main.ts')],
  outfile: draft,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // These read files that lie beside their own.
  external: ['@pnpm/tabtab', 'open'],
  // CommonJS knows where its file is, too.
  banner: {
    js: `${REQUIRE}\nconst __filename = import.meta.filename, __dirname = import.meta.dirname;`,
  },
  logLevel: 'error',
});
await rename(draft, out);
