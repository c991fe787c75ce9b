import mongoose from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import { collections } from '../../../src/collections.ts';
import { schemaOf } from '../../../src/store/mongo/schema.ts';
import { type Stored, toDocument, toStored } from '../../../src/store/mongo/stored.ts';
import type { AnyCollection } from '../../../src/store/port.ts';
import { contractCollections } from '../store-contract.ts';
import { samplesOf } from './samples.ts';

/** What mongoose makes of documents that zod let through. */
describe('the mongoose schemas', () => {
  const connection = mongoose.createConnection();
  afterAll(() => connection.destroy());
  const all: [string, AnyCollection][] = [...collections, ...contractCollections].map((from) => [from.name, from]);

  it.each(all)('take and give back unchanged what the zod schema of %s lets through', async (_, from) => {
    const model = connection.model<Stored>(from.name, schemaOf(from));
    const samples = samplesOf(from);
    expect(samples.length).toBeGreaterThan(20);
    for (const document of samples) {
      const stored = toStored(from, document);
      const cast = new model(stored);
      await cast.validate();
      expect(cast.toObject()).toEqual(stored);
      expect(toDocument(cast.toObject() as Stored)).toEqual(document);
    }
  });

  it('refuse what the zod schema refuses: a field that is missing, unknown, or of another type', async () => {
    const [notes] = contractCollections;
    const model = connection.model<Stored>('refusing', schemaOf(notes as AnyCollection));
    const whole = { _id: 'a', version: 1, topic: '', at: '2026', open: true };
    await expect(new model(whole).validate()).resolves.not.toThrow();
    const { topic: _, ...without } = whole;
    await expect(new model(without).validate()).rejects.toThrow(/topic/);
    await expect(new model({ ...whole, size: 'many' }).validate()).rejects.toThrow(/size/);
    expect(() => new model({ ...whole, surprise: 1 })).toThrow(/surprise/);
  });
});
