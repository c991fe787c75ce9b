import type { mongo } from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Migration } from '../../../src/store/migrations.ts';
import { connect } from '../../../src/store/mongo/connection.ts';
import { underLock } from '../../../src/store/mongo/lock.ts';
import { type MongoOptions, openMongoStore } from '../../../src/store/mongo/open.ts';
import type { AnyCollection, Store } from '../../../src/store/port.ts';
import { aNote, idsOf, keep, type Note, notes } from './notes.ts';

type WithDatabase = <T>(url: string, work: (db: mongo.Db) => Promise<T>) => Promise<T>;

/** Not harmless to do twice, so that a second time shows. */
const lengthen: Migration = {
  version: 2,
  name: 'longer topics',
  change: { notes: (note) => (note.topic === 'gone' ? null : { ...note, topic: `${note.topic}+` }) },
};

/** How a database is brought to what a program declares, by how many processes ever. */
export function mongoOpening(freshUrl: () => string, look: WithDatabase, drop: (url: string) => Promise<void>): void {
  describe('opening a MongoDB database', () => {
    let url = '';
    let opened: Store[] = [];
    beforeEach(() => {
      url = freshUrl();
      opened = [];
    });
    afterEach(async () => {
      await Promise.all(opened.map((store) => store.close()));
      await drop(url);
    });
    const open = async (options: Partial<MongoOptions> = {}): Promise<Store> => {
      const store = await openMongoStore({ url, collections: [notes], migrations: [], ...options });
      opened.push(store);
      return store;
    };
    const closeAll = async (): Promise<void> => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
    };
    const topics = async (store: Store, ids: string[]): Promise<string[]> =>
      (await store.getMany(notes, ids)).map(({ topic }) => topic);

    it('does a migration once, though two processes open at the same time', async () => {
      const made = await keep(
        await open(),
        aNote({ topic: 'a', key: 'k' }),
        aNote({ topic: 'gone' }),
        aNote({ topic: 'b' }),
      );
      await closeAll();
      const [one, two] = await Promise.all([open({ migrations: [lengthen] }), open({ migrations: [lengthen] })]);
      expect(await topics(one!, idsOf(made))).toEqual(['a+', 'b+']);
      expect(await topics(two!, idsOf(made))).toEqual(['a+', 'b+']);
      expect(await one!.write([{ op: 'insert', in: notes, document: aNote({ key: 'k' }) }])).toMatchObject({
        reason: 'duplicate',
        index: 'byKey',
      });
    });

    it('goes on with a migration that was cut off, and does no document twice', async () => {
      const made = await keep(
        await open(),
        ...['a', 'b', 'broken', 'c'].map((topic) => aNote({ topic, words: [topic] })),
      );
      await closeAll();
      // parts of a migration are written before the next are read: the first run leaves some done, some not
      await look(url, (db) =>
        db.collection<{ _id: string }>('notes').updateOne({ _id: made[0]!.id }, { $set: { topic: 'a+', _form: 2 } }),
      );
      const failing: Migration = {
        ...lengthen,
        change: {
          notes: () => {
            throw new Error('cut off');
          },
        },
      };
      await expect(open({ migrations: [failing] })).rejects.toMatchObject({ name: 'StoreError' });
      const store = await open({ migrations: [lengthen] });
      expect(await topics(store, idsOf(made))).toEqual(['a+', 'b+', 'broken+', 'c+']);
      expect(idsOf((await store.search(notes, ['broken'])).items)).toEqual([made[2]!.id]);
    });

    it('refuses data of a newer program, and leaves them as they are', async () => {
      const [made] = await keep(await open({ migrations: [lengthen] }), aNote());
      await closeAll();
      await expect(open()).rejects.toMatchObject({
        code: 'newer-data',
        message: expect.stringMatching(/version 2.*version 1/),
      });
      expect(await (await open({ migrations: [lengthen] })).get(notes, made!.id)).toEqual(made);
    });

    it("refuses another program's database, and writes nothing into it", async () => {
      await look(url, (db) => db.collection('notes').insertOne({ text: 'theirs' }));
      await expect(open()).rejects.toMatchObject({ code: 'corrupt' });
      const there = await look(url, (db) => db.collection('wasl.meta').countDocuments({}));
      expect(there).toBe(0);
    });

    it('mends indexes that are missing, and leaves those that an operator made', async () => {
      await open();
      await closeAll();
      const names = () =>
        look(url, async (db) => (await db.collection('notes').indexes()).map(({ name }) => String(name)).sort());
      const before = await names();
      await look(url, async (db) => {
        await db.collection('notes').dropIndex('wasl.byTopic');
        await db.collection('notes').createIndex({ body: 1 }, { name: 'mine' });
      });
      await open();
      expect(await names()).toEqual([...before, 'mine'].sort());
    });

    it('derives what a new declaration asks for from the documents there are', async () => {
      const bare: AnyCollection = { ...notes, indexes: [], terms: undefined };
      const [made] = await keep(await open({ collections: [bare] }), aNote({ key: 'k', words: ['كلمة'] })).catch(
        () => [],
      );
      expect(made).toBeUndefined(); // another declaration of the same name is not the declared one
      const store = opened[0]!;
      const note = aNote({ key: 'k', words: ['كلمة'] });
      await store.write([{ op: 'insert', in: bare, document: note }]);
      await closeAll();
      const again = await open();
      expect(idsOf((await again.search(notes, ['كلم'])).items)).toEqual([note.id]);
      expect(await again.write([{ op: 'insert', in: notes, document: aNote({ key: 'k' }) }])).toMatchObject({
        index: 'byKey',
      });
      expect(idsOf((await again.find(notes, { index: 'byKey', where: { key: 'k' } })).items)).toEqual([note.id]);
    });

    it('says of a new unique index that documents break it', async () => {
      const bare: AnyCollection = { ...notes, indexes: [] };
      const store = await open({ collections: [bare] });
      for (const document of [aNote({ key: 'k' }), aNote({ key: 'k' })] satisfies Note[]) {
        await store.write([{ op: 'insert', in: bare, document }]);
      }
      await closeAll();
      await expect(open()).rejects.toThrow(/documents share its values/);
    });

    it('takes over from a process that died while it prepared the database, and lets one work at a time', async () => {
      const at = await connect(url, [notes]);
      const times = { beatMs: 50, staleMs: 400, askMs: 20 };
      await at.own<{ _id: string }>('locks').insertOne({ _id: 'work', owner: 'dead', beat: 7 } as never);
      let inside = 0;
      let most = 0;
      const work = (): Promise<void> =>
        underLock(
          at,
          'work',
          async ({ check }) => {
            inside += 1;
            most = Math.max(most, inside);
            await at.own('meta').findOne({});
            check();
            inside -= 1;
          },
          times,
        );
      await Promise.all([work(), work(), work()]);
      expect(most).toBe(1);
      expect(await at.own('locks').countDocuments({})).toBe(0);
      await at.close();
    });

    it('says where a server is that cannot be reached, without the password', async () => {
      const away = 'mongodb://user:secret-9@127.0.0.1:1/nowhere';
      const refused = await open({ url: away }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'StoreError', code: 'unavailable' });
      expect(String(refused)).toContain('127.0.0.1:1/nowhere');
      expect(String(refused)).not.toContain('secret-9');
    });
  });
}
