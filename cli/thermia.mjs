#!/usr/bin/env node
// `npx thermia`: one file is made of the tool's TypeScript whenever that has changed, and runs in this very process.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { orExit, setUpTool } from '../scripts/setup.mjs';

if (!existsSync(new URL('../node_modules/esbuild', import.meta.url))) {
  process.stderr.write(
    'The libraries of this tool are not installed: run `npm install` in its folder first.\n',
  );
  process.exit(1);
}
// What Node has against a library is nothing for a person at a terminal.
process.noDeprecation = true;
const { main } = await import(pathToFileURL(orExit(setUpTool)).href);
await main(process.argv.slice(2));
