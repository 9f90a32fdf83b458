// Builds the app and validates it as strictly as the store does.
import { homey, orExit, setUp } from './setup.mjs';

orExit(() => {
  setUp();
  process.stdout.write(homey('app', 'build'));
  process.stdout.write(homey('app', 'validate', '--level', 'verified'));
});
