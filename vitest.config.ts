import { defineConfig } from 'vitest/config';

const tier = (name: string, include: string[], extra: Record<string, unknown> = {}) => ({
  test: { name, include, testTimeout: 20_000, hookTimeout: 60_000, ...extra },
});

export default defineConfig({
  test: {
    projects: [
      tier('unit', ['test/unit/**/*.test.ts', 'test/*.test.ts']),
      tier('contract', ['test/contract/**/*.test.ts']),
      tier('integration', ['test/integration/**/*.test.ts']),
      tier('e2e', ['test/e2e/**/*.test.ts'], { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false }),
    ],
  },
});
