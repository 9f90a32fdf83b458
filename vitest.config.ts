import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Real processes and a browser on a busy machine may miss a moment once; the report names who needed a second try.
const retry = process.env['CI'] === undefined ? 0 : 2;

export default defineConfig({
  resolve: {
    // Outside a Homey the name belongs to the command line tool; tests of product code get the sandbox's SDK.
    alias: { homey: at('./sandbox/homey/sdk/index.ts') },
  },
  test: {
    restoreMocks: true,
    // Most of the time is spent waiting for processes and sockets.
    maxWorkers: 2,
    testTimeout: 20_000,
    setupFiles: [at('./test/support/property-seed.ts')],
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts'],
      exclude: ['test/**'],
      reporter: ['text-summary', 'html'],
      thresholds: {
        // Real time decides which ways some tests take: one branch may be met by luck.
        'lib/thermia/**': { statements: 100, lines: 100, functions: 100, branches: 99.5 },
        'lib/hot-water/**': { statements: 99, lines: 99, functions: 99, branches: 98 },
        'lib/homey/**': { statements: 90, lines: 90, functions: 85, branches: 80 },
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
          retry,
          include: ['test/**/*.http.test.ts', 'test/sandbox/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'cli',
          retry,
          // Every call is a process of its own, which takes its time on a small computer.
          sequence: { groupOrder: 1 },
          include: ['test/cli/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          retry,
          // They wait for the most part.
          sequence: { groupOrder: 2 },
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['test/**/*.fast.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-fast',
          retry,
          // A sandbox that runs much faster than life wants the computer for itself.
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
          include: ['test/e2e/**/*.fast.test.ts'],
        },
      },
    ],
  },
});
