import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { openMongoStore } from '../../src/store/mongo/open.ts';
import type { Store } from '../../src/store/port.ts';
import { mongoOpening } from './store/mongo-opening.ts';
import type { ServerKind } from './store/notes.ts';
import { contractCollections, type Opened, storeContract } from './store-contract.ts';

const ignore = (): void => undefined;

/** This suite is not about how fast a server is. */
const patient = 'socketTimeoutMS=60000';

/** A database of its own on the server that MONGODB_URL names; without one this file is not run (vitest.config.ts). */
function freshUrl(): string {
  const database = `wasl-contract-${randomUUID().slice(0, 12)}`;
  const url = String(process.env.MONGODB_URL).replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${database}`);
  return `${url}${url.includes('?') ? '&' : '?'}${patient}`;
}

async function look<T>(url: string, work: (db: mongo.Db) => Promise<T>): Promise<T> {
  const client = await mongo.MongoClient.connect(url, { serverSelectionTimeoutMS: 2000 });
  try {
    return await work(client.db());
  } finally {
    await client.close();
  }
}

const drop = async (url: string): Promise<void> => void (await look(url, (db) => db.dropDatabase()));

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
      await drop(url);
    },
  };
}

/**
 * In what this server differs from MongoDB: mongo-java-server orders text by Java's units and not by code points; FerretDB
 * looks through a whole collection for every change.
 */
async function kindOfServer(): Promise<ServerKind> {
  const url = freshUrl();
  const { first, isFerret } = await look(url, async (db) => {
    const texts = db.collection<{ _id: string }>('texts');
    await texts.insertMany([{ _id: '\uffee' }, { _id: '\u{1f600}' }]);
    const facts = await db.admin().command({ buildInfo: 1 });
    return {
      first: await texts.find().sort({ _id: 1 }).next(),
      isFerret: 'ferretdb' in facts || 'ferretdbVersion' in facts,
    };
  });
  await drop(url);
  return { ordersByCodePoints: first?._id === '\uffee', ...(isFerret ? { many: 150 } : {}) };
}

const kind = await kindOfServer();
if (!kind.ordersByCodePoints) {
  console.info('This server orders text beyond the basic plane otherwise than MongoDB: that is not asked of it.');
}
storeContract('MongoDB', open, kind);
mongoOpening(freshUrl, look, drop);
