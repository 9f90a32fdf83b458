// Builds the app and validates it as strictly as the store does.
import { SetupError, homey, setUp } from './setup.mjs';

try {
  setUp();
  process.stdout.write(homey('app', 'build'));
  process.stdout.write(homey('app', 'validate', '--level', 'verified'));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
