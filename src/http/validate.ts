import type { ZodError, ZodType, z } from 'zod';
import { unknownFields } from '../content/unknown-fields.ts';
import { WaslError } from '../errors.ts';

interface Fault {
  path: string;
  message: string;
}

function faultsOf(error: ZodError, within: string): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = [within, ...issue.path].join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'Unknown field.' }));
  });
}

const unknownFaults = (schema: ZodType, value: unknown, within: string): Fault[] =>
  unknownFields(schema, value).map(({ path }) => ({ path: [within, ...path].join('.'), message: 'Unknown field.' }));

/**
 * The checked value, or `WaslError('invalid')` whose details name the path of each fault; unknown fields are faults at
 * every depth. Values are never repeated in it.
 */
export function validate<T extends ZodType>(schema: T, value: unknown, within: string): z.output<T> {
  const result = schema.safeParse(value);
  const faults = result.success ? unknownFaults(schema, value, within) : faultsOf(result.error, within);
  const first = faults[0];
  if (result.success && !first) return result.data;
  throw new WaslError('invalid', first ? `${first.path}: ${first.message}` : 'The request is not valid.', {
    details: { faults },
  });
}
