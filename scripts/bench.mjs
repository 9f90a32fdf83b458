// `npm run bench`: prints what can be measured. Nothing here passes or fails. Names of benches as arguments run only those.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { orExit, root, setUp } from './setup.mjs';

const BENCHES = ['polling', 'round-trips', 'heap', 'app', 'hot-water', 'plan-and-flows'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}; there are ${BENCHES.join(', ')}.\n`);
  process.exit(1);
}
const chosen = wanted.length > 0 ? wanted : BENCHES;
if (chosen.includes('app')) orExit(setUp);
let failed = 0;
for (const name of chosen) {
  const script = join(root, 'scripts', 'bench', `${name}.ts`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
