import type { z } from 'zod';
import type { FaultPlace } from './faults.ts';
import type { EndpointName } from './limits.ts';
import { problemOf, Refusal } from './problems.ts';
import { nothing } from './schema.ts';

export type SignedBy = 'user' | 'app';

/** What a request brings, before it is read. */
export interface RawCall {
  params: unknown;
  query: unknown;
  body: unknown;
  signer: SignedBy;
  /** The file of a form. */
  file: Buffer | null;
}

/** What is answered: JSON, or a file, or nothing but the status. */
export interface Answer {
  status?: number;
  body?: unknown;
  file?: { mime: string; bytes: Buffer };
}

/** A request as its schema has read it. */
export interface Call<Path, Query, Body> {
  path: Path;
  query: Query;
  body: Body;
  signer: SignedBy;
  file: Buffer | null;
}

/** One of X's addresses, with the rules that hold for all of them. */
export interface Endpoint {
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  name: EndpointName;
  signers: readonly SignedBy[];
  place: FaultPlace;
  run(raw: RawCall): Answer | Promise<Answer>;
}

type Nothing = typeof nothing;

interface Given<Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> extends Omit<Endpoint, 'run'> {
  params?: Path;
  query?: Query;
  body?: Body;
  answer(call: Call<z.infer<Path>, z.infer<Query>, z.infer<Body>>): Answer | Promise<Answer>;
}

const read = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: 'path' | 'query' | 'body',
): z.infer<Schema> => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refusal(problemOf(parsed.error, where, value));
  return parsed.data;
};

/** An endpoint whose path, query and body are read by schemas; without one, nothing may stand there. */
export function endpoint<
  Path extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(given: Given<Path, Query, Body>): Endpoint {
  const { params, query, body, answer, ...rest } = given;
  return {
    ...rest,
    run: (raw) =>
      answer({
        path: read(params ?? (nothing as unknown as Path), raw.params, 'path'),
        query: read(query ?? (nothing as unknown as Query), raw.query, 'query'),
        body: read(body ?? (nothing as unknown as Body), raw.body ?? {}, 'body'),
        signer: raw.signer,
        file: raw.file,
      }),
  };
}
