import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Fault, throwFaults } from './content-error.ts';
import { sentenceFor } from './schema-sentence.ts';
import { type Path, unknownFields } from './unknown-fields.ts';

/** A valid content file, and the places of its parts for checks that a schema cannot make. */
export interface ParsedYaml<T> {
  value: T;
  /** A fault at the line of this path, or at the nearest part above it that exists. */
  fault(path: Path, message: string): Fault;
}

const startOf = (node: unknown): number | undefined =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range[0] : undefined;

const keyOf = (pair: Pair): unknown => (isScalar(pair.key) ? pair.key.value : pair.key);

function step(node: unknown, part: PropertyKey): { node: unknown; start: number | undefined } | null {
  if (isMap(node)) {
    const pair = node.items.find((one) => String(keyOf(one)) === String(part));
    return pair ? { node: pair.value, start: startOf(pair.key) } : null;
  }
  if (isSeq(node)) {
    const child = node.items[Number(part)];
    return child === undefined ? null : { node: child, start: startOf(child) };
  }
  return null;
}

/** Character position of the deepest existing part of `path`. */
function positionOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let position = startOf(node) ?? 0;
  for (const part of path) {
    const next = step(isAlias(node) ? node.resolve(document) : node, part);
    if (next === null) return position;
    position = next.start ?? position;
    node = next.node;
  }
  return position;
}

const unreadable = (message: string): string =>
  `This is not valid YAML: ${message.replace(/\.$/, '')}. Check the indentation, the colons and the quotes here.`;

/**
 * Reads YAML against a schema. Every fault is thrown in one ContentError with its line: bad YAML, what the schema
 * refuses, and fields that the schema does not know. `firstLine` is the line of the file on which `text` begins.
 */
export function parseYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
  firstLine = 1,
): ParsedYaml<z.output<S>> {
  const lines = new LineCounter();
  const document: Document<Node> = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (position: number): number => Math.max(lines.linePos(position).line, 1) + firstLine - 1;
  throwFaults(
    document.errors.map((error) => ({ file, line: lineAt(error.pos[0]), message: unreadable(error.message) })),
  );
  const fault = (path: Path, message: string): Fault => ({ file, line: lineAt(positionOf(document, path)), message });
  const input: unknown = document.toJS();
  const parsed = schema.safeParse(input);
  const refused = parsed.success ? [] : parsed.error.issues;
  throwFaults(
    [
      ...refused.map((issue) => fault(issue.path, sentenceFor(issue, input))),
      ...unknownFields(schema, input).map(({ path, message }) => fault(path, message)),
    ].sort((one, other) => one.line - other.line),
  );
  return { value: parsed.data as z.output<S>, fault };
}
