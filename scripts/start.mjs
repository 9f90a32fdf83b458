// `npm start`: sets up what is missing, then runs the sandbox in this very process.
import { orExit, setUp } from './setup.mjs';
import { starterOf } from './starter.mjs';

// Looked at before anything else: whoever is gone when the set-up ends must be missed.
const starter = starterOf(process);

// The test run has set up once for all of its sandboxes.
if (process.env.SET_UP !== 'done') orExit(setUp);
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('../sandbox/main.ts');
await main(process.argv.slice(2), starter);
