import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { expect, onTestFinished, test } from 'vitest';
import { provoke } from '../../bench/support/cluster-rounds.ts';
import { removeStore } from '../../support/store-env.ts';

const url = process.env.MONGODB_URL ?? '';

/** FerretDB says so itself; there an update of one document is not atomic between two processes. */
async function isAtomic(): Promise<boolean> {
  const client = await mongo.MongoClient.connect(url, { serverSelectionTimeoutMS: 5_000 });
  try {
    return !('ferretdb' in (await client.db('admin').command({ buildInfo: 1 })));
  } finally {
    await client.close();
  }
}

/** Its line is cut by a port before it, which stands on this machine. */
const isHere = ['127.0.0.1', 'localhost'].includes(new URL(url).hostname);

/** As in the bench `cluster-crash`, but short. */
const lengths = { pause: [2_000, 18_000], cut: [5_000, 7_000], away: [0, 2_000], between: [500, 3_000] } as const;

test.skipIf(!isHere || !(await isAtomic()))(
  'three processes of which some are killed, held still and cut off lose, double and reorder nothing',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'wasl-chaos-'));
    onTestFinished(() => removeStore(directory));
    const proved = await provoke({
      directory,
      processes: 3,
      acts: 5,
      takeovers: 0,
      lengths,
      databaseUrl: url,
      server: null,
      visitors: 4,
      senders: 4,
      messages: 120,
      seed: 8,
      pauseMs: 800,
      settleMs: 90_000,
    });
    expect(proved.size.stored).toBeGreaterThan(0);
    expect(proved.size['WhatsApp messages sent']).toBeGreaterThan(0);
    expect(Object.entries(proved.faults).filter(([, count]) => count !== 0)).toEqual([]);
    expect(proved.errors).toEqual([]);
  },
  240_000,
);
