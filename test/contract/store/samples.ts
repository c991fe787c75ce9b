import fc from 'fast-check';
import { z } from 'zod';
import { checkDocument } from '../../../src/store/document.ts';
import type { AnyCollection, Document } from '../../../src/store/port.ts';

type Json = z.core.JSONSchema.JSONSchema;
type Part = Json | boolean | undefined;
type Any = fc.Arbitrary<unknown>;

/** Any JSON value as JSON gives it, with names that mean something to databases among others. */
const anything: Any = fc
  .jsonValue({ maxDepth: 3 })
  .chain((value) =>
    fc.constantFrom<unknown>(value, { 'a.b': value, $set: [[value], []], '': {}, '%2e': value, type: 'x', _id: value }),
  )
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

/** Text of a declared form: what the forms of Wasl's fields look like. */
const forms: Record<string, Any> = {
  'date-time': fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((date) => date.toISOString()),
  date: fc.constant('2026-02-22'),
  email: fc.constant('a.b@example.org'),
  uri: fc.constant('https://example.org/a?b=1'),
  uuid: fc.uuid(),
};

const word = fc.oneof(
  fc.constantFrom('', 'مرحبا', 'a.b', '$x', '%', '0', 'true', '2026-01-01'),
  fc.string({ maxLength: 12 }),
);

function text(part: Json): Any {
  const form = forms[part.format ?? ''];
  if (form) return form;
  if (part.pattern) return fc.stringMatching(new RegExp(part.pattern));
  return part.minLength ? word.map((value) => value.padEnd(part.minLength ?? 0, 'x')) : word;
}

const number = (part: Json): Any => {
  const [min, max] = [part.minimum ?? -1e9, part.maximum ?? 1e9];
  return part.type === 'integer'
    ? fc.integer({ min: Math.max(min, -1e9), max: Math.min(max, 1e9) })
    : fc.double({ min, max, noNaN: true });
};

const object = (part: Json): Any => {
  const required = Object.keys(part.properties ?? {}).filter((name) => part.required?.includes(name));
  const fields = Object.entries(part.properties ?? {}).map(([name, inner]): [string, Any] => [name, of(inner)]);
  if (fields.length === 0) return fc.dictionary(fc.string({ maxLength: 5 }), anything, { maxKeys: 3 });
  return fc.record(Object.fromEntries(fields) as Record<string, Any>, { requiredKeys: required });
};

/** Zod writes a list of types for a scalar that may be null, which its declared type lacks. */
const kindsOf = (part: Json): NonNullable<Json['type']>[] => [part.type ?? []].flat();

const oneOf = (parts: readonly Part[]): Any => fc.oneof(...parts.map(of));

/** Values that a part of a schema describes. */
function of(part: Part): Any {
  if (typeof part !== 'object') return anything;
  if (part.const !== undefined) return fc.constant(part.const);
  if (part.enum) return fc.constantFrom(...part.enum);
  const choices = part.anyOf ?? part.oneOf;
  if (choices) return oneOf(choices);
  if (kindsOf(part).length > 1) return oneOf(kindsOf(part).map((type) => ({ ...part, type })));
  if (part.type === 'string') return text(part);
  if (part.type === 'number' || part.type === 'integer') return number(part);
  if (part.type === 'boolean') return fc.boolean();
  if (part.type === 'null') return fc.constant(null);
  if (part.type === 'array')
    return fc.array(of(part.items as Part), { minLength: part.minItems ?? 0, maxLength: (part.minItems ?? 0) + 2 });
  return part.type === 'object' ? object(part) : anything;
}

const isFit =
  (from: AnyCollection) =>
  (candidate: unknown): Document[] => {
    try {
      return [checkDocument(from, candidate).document];
    } catch {
      return [];
    }
  };

/** Documents that a collection's schema lets through, made from it; what further rules of the schema refuse is left out. */
export function samplesOf(from: AnyCollection): Document[] {
  const json = z.toJSONSchema(from.schema, { unrepresentable: 'any', io: 'output' });
  return fc.sample(of(json), { numRuns: 100, seed: 6 }).flatMap(isFit(from));
}
