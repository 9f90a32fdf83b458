#!/usr/bin/env node
// `npx thermia`: runs the command line tool's TypeScript in this very process.
try {
  const { register } = await import('tsx/esm/api');
  register();
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write(
    'The libraries of this tool are not installed: run `npm install` in its folder first.\n',
  );
  process.exit(1);
}
const { main } = await import('./main.ts');
await main(process.argv.slice(2));
