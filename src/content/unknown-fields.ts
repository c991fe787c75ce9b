import { z } from 'zod';

/** The way from the top of a content file to one of its parts. */
export type Path = readonly PropertyKey[];

interface Unknown {
  path: Path;
  message: string;
}

const inner = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? inner(schema.unwrap()) : schema;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of `input` that an object schema does not know (zod would drop them in silence), with what is known there. */
export function unknownFields(schema: unknown, input: unknown, path: Path = []): Unknown[] {
  const known = inner(schema);
  if (known instanceof z.ZodArray && Array.isArray(input))
    return input.flatMap((element, index) => unknownFields(known.element, element, [...path, index]));
  if (!(known instanceof z.ZodObject) || !isRecord(input)) return [];
  const { shape } = known;
  return Object.entries(input).flatMap(([name, value]) =>
    Object.hasOwn(shape, name)
      ? unknownFields(shape[name], value, [...path, name])
      : [{ path: [...path, name], message: unknownSentence(name, Object.keys(shape)) }],
  );
}

const unknownSentence = (name: string, names: string[]): string =>
  `The field "${name}" is not known here: remove it or correct its name. Known: ${names.join(', ')}.`;
