import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { openMongoStore } from '../../src/store/mongo/open.ts';
import type { Store } from '../../src/store/port.ts';
import { contractCollections, type Opened, storeContract } from './store-contract.ts';

const ignore = (): void => undefined;

/** A database of its own on the server that MONGODB_URL names; without one this file is not run (vitest.config.ts). */
const freshUrl = (): string =>
  String(process.env.MONGODB_URL).replace(
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/,
    `$1/wasl-contract-${randomUUID().slice(0, 12)}`,
  );

async function withDatabase<T>(url: string, work: (db: mongo.Db) => Promise<T>): Promise<T> {
  const client = await mongo.MongoClient.connect(url, { serverSelectionTimeoutMS: 2000 });
  try {
    return await work(client.db());
  } finally {
    await client.db().dropDatabase();
    await client.close();
  }
}

async function open(): Promise<Opened> {
  const url = freshUrl();
  const openAgain = (): Promise<Store> => openMongoStore({ url, collections: contractCollections, warn: ignore });
  let store = await openAgain();
  return {
    store,
    async reopen() {
      await store.close();
      store = await openAgain();
      return store;
    },
    async cleanup() {
      await store.close();
      await withDatabase(url, async () => undefined);
    },
  };
}

/** Whether the server itself orders text as MongoDB does, by code points; mongo-java-server orders it by Java's units. */
const ordersByCodePoints = (): Promise<boolean> =>
  withDatabase(freshUrl(), async (db) => {
    const texts = db.collection<{ _id: string }>('texts');
    await texts.insertMany([{ _id: '\uffee' }, { _id: '\u{1f600}' }]);
    return (await texts.find().sort({ _id: 1 }).toArray())[0]?._id === '\uffee';
  });

const isExact = await ordersByCodePoints();
if (!isExact)
  console.info('This server orders text beyond the basic plane otherwise than MongoDB: that is not asked of it.');
storeContract('MongoDB', open, { ordersByCodePoints: isExact });
