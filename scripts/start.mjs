// `npm start`: sets up what is missing, then runs the sandbox in this very process.
import { SetupError, setUp } from './setup.mjs';

try {
  // The test run has set up once for all of its sandboxes.
  if (process.env.SET_UP !== 'done') setUp();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('../sandbox/main.ts');
await main(process.argv.slice(2));
