// Puts the compiled app and what it uses of its dependencies into a few files, and says what the package weighs.
// The Homey command line tool copies whole packages; most of that is other module formats, types, documents, languages.
// Own code stays readable: the store's reviewers read it, and so does whoever looks at a stack trace.
import { build as bundle } from 'esbuild';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failIfHeavy, list, weigh } from './package-weight.mjs';
import { REQUIRE } from './require-banner.mjs';

const root = process.cwd();
const built = join(root, '.homeybuild');
const ENTRY = /^(app|api|drivers\/[^/]+\/(driver|device)|widgets\/[^/]+\/api)\.js$/;

const packageOf = (input) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

const licences = async (names) => {
  const texts = await Promise.all(
    names.map(async (name) => {
      const folder = join(root, 'node_modules', name);
      const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
      if (file === undefined) throw new Error(`${name} has no licence file.`);
      const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      return `${name} ${version}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
    }),
  );
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
};

if (existsSync(join(built, 'app.js'))) {
  const compiled = (await list(built)).filter(
    (file) => file.endsWith('.js') && !/^(node_modules|settings|assets)\//.test(file),
  );
  await mkdir(join(root, '.build'), { recursive: true });
  const out = await mkdtemp(join(root, '.build', 'bundle-'));
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: compiled.filter((file) => ENTRY.test(file)).map((file) => join(built, file)),
    outbase: built,
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['homey', 'homey/*'],
    alias: { undici: join(root, 'scripts', 'undici-agent.cjs') },
    chunkNames: 'lib/[name]-[hash]',
    banner: { js: REQUIRE },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const weights = new Map();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const name = packageOf(input);
      if (name !== undefined) weights.set(name, (weights.get(name) ?? 0) + bytesInOutput);
    }
  }
  const used = [...weights.keys()].sort();

  for (const file of compiled)
    if (!/^(drivers|widgets)\/[^/]+\/(pair|repair|public)\//.test(file)) await rm(join(built, file));
  await rm(join(built, 'lib'), { recursive: true, force: true });
  await cp(out, built, { recursive: true });
  await rm(out, { recursive: true });
  await writeFile(join(built, 'lib', 'LICENSES.txt'), await licences(used));
  // What `import 'homey'` meets is put there by the tool; the Homey answers it.
  await rename(join(built, 'node_modules', 'homey'), join(built, 'homey-stub'));
  await rm(join(built, 'node_modules'), { recursive: true });
  await cp(join(built, 'homey-stub'), join(built, 'node_modules', 'homey'), { recursive: true });
  await rm(join(built, 'homey-stub'), { recursive: true });

  const { files, bytes, packed } = await weigh(built);
  const kB = (size) => `${Math.round(size / 1000)} kB`;
  process.stdout.write(
    `Package: ${files} files, ${kB(bytes)}, ${kB(packed)} packed; bundled: ${used.map((name) => `${name} ${kB(weights.get(name))}`).join(', ')}\n`,
  );
  failIfHeavy(packed);
}
