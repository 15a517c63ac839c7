import { defineConfig } from 'vitest/config';

// Files named *.process.test.ts start processes, servers or native crashes: they run forked and isolated.
// All others share threads without isolation, which is fifteen times faster.
export default defineConfig({
  test: {
    // Half the wall time on two cores, which is what the smallest machines have.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/**/*.process.test.{ts,tsx}'],
          pool: 'threads',
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'process',
          include: ['test/**/*.process.test.{ts,tsx}'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
