import { defineConfig } from 'vitest/config';

/** Where MONGODB_URL names a server, stores are databases on it (test/support/store-env.ts). */
const onMongo = Boolean(process.env.MONGODB_URL);

/** What asks about a MongoDB alone, and what asks about the embedded store alone: each only where it can be asked. */
const mongoAlone = [
  'test/contract/store-mongo.test.ts',
  'test/integration/mongo/**',
  'test/integration/servers/mongo*',
  'test/integration/cluster/chaos*',
];
const embeddedAlone = ['test/contract/store-sqlite.test.ts', 'test/integration/store-*.test.ts'];
const exclude = onMongo ? embeddedAlone : mongoAlone;

/** Such a server may be slow, and it is asked over a wire. */
const patience = {
  testTimeout: onMongo ? 60_000 : 20_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 10_000 } },
  setupFiles: ['test/support/patience.ts'],
};

/** Files of a worker share what they load: most of a short test's time would go into loading it all again. */
const together = { isolate: false };

/** Tiers run one group after another, so that a browser does not compete with everything else for the processor. */
const tier = (name: string, include: string[], groupOrder: number, extra: Record<string, unknown> = {}) => ({
  test: { name, include, exclude, ...patience, sequence: { groupOrder }, maxWorkers: 2, ...extra },
});

export default defineConfig({
  test: {
    projects: [
      tier('unit', ['test/unit/**/*.test.ts', 'test/*.test.ts'], 1, together),
      tier('contract', ['test/contract/**/*.test.ts'], 1, together),
      tier('integration', ['test/integration/**/*.test.ts'], 2),
      tier('e2e', ['test/e2e/**/*.test.ts'], 3, { testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 1 }),
    ],
  },
});
