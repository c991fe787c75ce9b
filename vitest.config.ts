import { defineConfig } from 'vitest/config';

/** Tiers run one group after another, so that a browser does not compete with everything else for the processor. */
const tier = (name: string, include: string[], groupOrder: number, extra: Record<string, unknown> = {}) => ({
  test: { name, include, testTimeout: 20_000, hookTimeout: 60_000, sequence: { groupOrder }, ...extra },
});

export default defineConfig({
  test: {
    projects: [
      tier('unit', ['test/unit/**/*.test.ts', 'test/*.test.ts'], 1, { maxWorkers: 2 }),
      tier('contract', ['test/contract/**/*.test.ts'], 1, { maxWorkers: 2 }),
      tier('integration', ['test/integration/**/*.test.ts'], 2),
      tier('e2e', ['test/e2e/**/*.test.ts'], 3, { testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 1 }),
    ],
  },
});
