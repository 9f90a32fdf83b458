// Makes one file of the command line tool and the libraries it uses, so that a call starts in half a second.
import { build } from 'esbuild';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  // CommonJS inside an ES module asks for these.
  banner: {
    js: [
      "import { createRequire as createRequireOfModule } from 'node:module';",
      'const require = createRequireOfModule(import.meta.url);',
      'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
    ].join('\n'),
  },
  logLevel: 'error',
});
await rename(draft, out);
