import { defineConfig } from 'vitest/config';

/** Tiers: `unit` needs nothing; `medium` real Postgres, Redis and anvil; `e2e` whole processes; `oracles` foreign verifiers. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.spec.ts', 'scripts/**/*.spec.ts', 'test/unit/**/*.spec.ts'],
          // Properties are tried on thousands of values; a busy machine takes its time.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'medium',
          include: ['test/medium/**/*.spec.ts', 'test/contract/**/*.spec.ts', 'test/oracles/**/*.spec.ts'],
          globalSetup: ['test/support/services.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts', 'test/browser/**/*.spec.ts', 'test/chaos/**/*.spec.ts'],
          globalSetup: ['test/support/services.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
