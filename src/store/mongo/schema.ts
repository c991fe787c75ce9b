import { Schema, type SchemaDefinition } from 'mongoose';
import { z } from 'zod';
import type { AnyCollection } from '../port.ts';
import { indexName, indexPrefix, pathOf, uniqueName, uniquePath } from './names.ts';
import type { Stored } from './stored.ts';

/** Text that may be empty where it is required: the library counts an empty one as absent. */
class Text extends Schema.Types.String {}
Text.checkRequired((value: unknown) => typeof value === 'string');
// a type of one's own is known to the library by this name
Object.defineProperty(Text, 'schemaName', { value: 'Text' });
Object.assign(Schema.Types, { Text });

type Json = z.core.JSONSchema.JSONSchema;
type Part = Json | boolean | undefined;

/** A path's definition. The key for types is `$type`, since documents have fields named `type`. */
type Definition = Record<string, unknown>;

/** What can hold anything, and is stored as it is given. */
const anything: Definition = { $type: Schema.Types.Mixed };

/** How every schema is made: nothing is dropped, converted or added in silence. */
const options = {
  typeKey: '$type',
  strict: 'throw',
  minimize: false,
  versionKey: false,
  autoIndex: false,
  autoCreate: false,
  id: false,
  suppressReservedKeysWarning: true,
} as const;

const isNull = (part: Part): boolean => typeof part === 'object' && part.type === 'null';

type Kind = NonNullable<Json['type']>;
/** The types that a part allows: zod writes one, or for scalars a list, which its declared type lacks. */
const kindsOf = (part: Json): Kind[] => [part.type ?? []].flat();

/** A part without the `null` that it also allows. */
function withoutNull(part: Part): { part: Part; nullable: boolean } {
  if (typeof part !== 'object') return { part, nullable: false };
  if (!part.anyOf) {
    const kinds = kindsOf(part).filter((kind) => kind !== 'null');
    const [only] = kinds;
    return {
      part: kinds.length === 1 && only ? { ...part, type: only } : part,
      nullable: kindsOf(part).includes('null'),
    };
  }
  const others = part.anyOf.filter((each) => !isNull(each));
  const nullable = others.length < part.anyOf.length;
  return others.length === 1 ? { part: others[0], nullable } : { part: { anyOf: others }, nullable };
}

const isText = (value: unknown): value is string => typeof value === 'string';

function textOf(part: Json): Definition {
  const choices = part.enum ?? (part.const === undefined ? [] : [part.const]);
  return choices.length > 0 && choices.every(isText)
    ? { $type: Text, enum: { values: [...choices, null] } }
    : { $type: Text };
}

function listOf(part: Json): Definition {
  const { items } = part;
  // a list directly in a list is stored in a form of its own
  if (Array.isArray(items) || typeof items !== 'object' || items.type === 'array') return anything;
  return { $type: [withoutNull(items).nullable ? anything : define(items)], default: undefined };
}

function objectOf(part: Json): Definition {
  if (!part.properties || part.additionalProperties !== false) return anything;
  return { $type: new Schema(fieldsOf(part), { ...options, _id: false }) };
}

/** The definition of one value; anything where the library has no type for what the schema says. */
function define(part: Part): Definition {
  if (typeof part !== 'object' || part.anyOf || part.oneOf || part.allOf || part.$ref) return anything;
  if (part.type === 'string') return textOf(part);
  if (part.type === 'number' || part.type === 'integer') return { $type: Schema.Types.Number };
  if (part.type === 'boolean') return { $type: Schema.Types.Boolean };
  if (part.type === 'array') return listOf(part);
  return part.type === 'object' ? objectOf(part) : anything;
}

function fieldsOf(part: Json): SchemaDefinition {
  const required = new Set(part.required ?? []);
  const fields = Object.entries(part.properties ?? {}).map(([name, property]): [string, Definition] => {
    const { part: inner, nullable } = withoutNull(property);
    const definition = define(inner);
    const isRequired = required.has(name) && !nullable && definition.$type !== Schema.Types.Mixed;
    return [name, isRequired ? { ...definition, required: true } : definition];
  });
  return Object.fromEntries(fields) as SchemaDefinition;
}

/** The driver's own fields, see `Stored`. */
const ownFields: Definition = {
  _id: { $type: Text, required: true },
  version: { $type: Schema.Types.Number, required: true },
  _u: anything,
  _terms: { $type: [Text], default: undefined },
  _unit: { $type: Text },
  _new: { $type: Schema.Types.Boolean },
  _next: anything,
  _old: anything,
  _born: anything,
  _form: { $type: Schema.Types.Number },
};

/** The indexes of a collection as the server is to have them. */
export interface ServerIndex {
  name: string;
  key: Readonly<Record<string, 1>>;
  unique: boolean;
}

const ascending = (paths: readonly string[]): ServerIndex['key'] =>
  Object.fromEntries([...new Set(paths)].map((path) => [path, 1 as const]));

/** One text for the fields of an index, in order. */
export const keyText = (key: Readonly<Record<string, unknown>>): string => Object.keys(key).join();

/**
 * The indexes that a declaration asks for: its own, each led on by the id, which orders what is alike; for each unique one
 * also the one that keeps its values apart (see `Stored._u`: documents that lack a value are not in it, which a unique
 * index over the fields themselves cannot say on every server).
 */
export function indexesOf(from: AnyCollection): ServerIndex[] {
  const plain = from.indexes.map((index) => ({
    name: indexName(index),
    key: ascending([...index.on.map(pathOf), '_id']),
    unique: false,
  }));
  const unique = from.indexes
    .filter((index) => index.unique)
    .map((index) => ({ name: uniqueName(index), key: ascending([uniquePath(index)]), unique: true }));
  const further: ServerIndex[] = [];
  if (from.expires)
    further.push({ name: `${indexPrefix}_expires`, key: ascending([from.expires, '_id']), unique: false });
  if (from.terms) further.push({ name: `${indexPrefix}_terms`, key: ascending(['_terms', '_id']), unique: false });
  const all = [...plain, ...unique, ...further];
  // a server refuses a second index over the same fields
  return all.filter(({ key }, i) => all.findIndex((other) => keyText(other.key) === keyText(key)) === i);
}

/** The mongoose schema of a collection, made from its zod schema: typed fields, what is required, choices, indexes. */
export function schemaOf(from: AnyCollection): Schema<Stored> {
  const json = z.toJSONSchema(from.schema, { unrepresentable: 'any', io: 'output', reused: 'inline' });
  const { id: _id, version: _version, ...fields } = fieldsOf(json) as Definition;
  const definition = { ...fields, ...ownFields } as SchemaDefinition;
  const schema = new Schema(definition, { ...options, collection: from.name }) as unknown as Schema<Stored>;
  for (const { name, key, unique } of indexesOf(from)) {
    schema.index({ ...key }, unique ? { name, unique, sparse: true } : { name });
  }
  return schema;
}
