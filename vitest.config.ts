// Which tests run when: `unit` needs nothing but Node, nor does `endurance`, which takes its time; `postgres` and `interop` need servers that .ci/run installs.
import { defineConfig } from 'vitest/config';

const source = { ssr: { resolve: { conditions: ['source'] } }, resolve: { conditions: ['source'] } };

export default defineConfig({
  ...source,
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/interop/**', 'test/postgres/**', 'test/daemon/**', 'test/endurance/**'],
          // Files share their imports: half of the time went into loading the same libraries again.
          isolate: false,
          maxWorkers: 2,
          // Databases and keys make much that is soon garbage: room for it saves a tenth of the time.
          execArgv: ['--max-semi-space-size=64'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { ...source, test: { name: 'postgres', include: ['test/postgres/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 120_000 } },
      {
        ...source,
        test: {
          name: 'endurance',
          include: ['test/daemon/**/*.test.ts', 'test/endurance/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        ...source,
        test: {
          name: 'interop',
          include: ['test/interop/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
