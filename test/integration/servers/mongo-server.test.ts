import { mongo } from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { lackOf, type MongoServer, type ServerName, startMongoServer } from '../../servers/mongo-server.ts';

const names: ServerName[] = ['ferretdb', 'mongo-java-server', 'mongo-java-server-h2'];
const there: ServerName[] = [];
for (const name of names) {
  const lack = await lackOf(name);
  if (lack) console.warn(lack);
  else there.push(name);
}

const patience = { serverSelectionTimeoutMS: 1_000, socketTimeoutMS: 1_000 };

/** Says something to a server over a connection of its own. */
async function within<T>(
  { url }: MongoServer,
  ask: (words: mongo.Collection<{ _id: string }>) => Promise<T>,
): Promise<T> {
  const client = new mongo.MongoClient(url, patience);
  try {
    return await ask(client.db('wasl-test-server').collection('words'));
  } finally {
    await client.close(true);
  }
}

const write = (server: MongoServer, _id: string) => within(server, (words) => words.insertOne({ _id }));
const read = (server: MongoServer) =>
  within(server, async (words) => (await words.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id));

const started = async (name: ServerName): Promise<MongoServer> => {
  const server = await startMongoServer(name);
  onTestFinished(() => server.remove());
  return server;
};

it.for(there)('%s starts, is held still and goes on, ends, and starts again', async (name) => {
  const server = await started(name);
  await write(server, 'one');
  server.pause();
  await expect(read(server)).rejects.toThrow();
  server.resume();
  expect(await read(server)).toEqual(['one']);
  await server.stop();
  await expect(read(server)).rejects.toThrow(/ECONNREFUSED/);
  await server.start();
  expect(await read(server)).toEqual(name === 'mongo-java-server' ? [] : ['one']);
});

it.runIf(there.includes('ferretdb'))('ferretdb keeps what it was told although it was killed', async () => {
  const server = await started('ferretdb');
  await write(server, 'one');
  await server.kill();
  await server.start();
  expect(await read(server)).toEqual(['one']);
});
