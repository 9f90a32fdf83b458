import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // Outside a Homey the name belongs to the command line tool; tests of product code get the sandbox's SDK.
    alias: { homey: at('./sandbox/homey/sdk/index.ts') },
  },
  test: {
    restoreMocks: true,
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts'],
      reporter: ['text-summary', 'html'],
      thresholds: {
        'lib/thermia/**': { 100: true },
        'lib/hot-water/**': { 100: true },
        'lib/homey/**': { statements: 95, lines: 95, functions: 95, branches: 90 },
      },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['test/lib/**/*.test.ts', 'test/manifest/**/*.test.ts'],
          exclude: ['test/**/*.http.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'http',
          include: ['test/**/*.http.test.ts', 'test/sandbox/**/*.test.ts', 'test/cli/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
