import { type ZodError, type ZodType, z } from 'zod';
import { unknownFields } from '../content/unknown-fields.ts';
import { WaslError } from '../errors.ts';

/** What is wrong with a request: where, and what to do. */
export interface Fault {
  path: string;
  message: string;
  /** Of the element of a list that it is in, where that has one. */
  id?: string;
}

/** More are not told: of a long list one mistake may be in every element. */
const mostFaults = 100;

function faultsOf(error: ZodError, within: string): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = [within, ...issue.path].join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'Unknown field.' }));
  });
}

const unknownFaults = (schema: ZodType, value: unknown, within: string): Fault[] =>
  unknownFields(schema, value).map(({ path }) => ({ path: [within, ...path].join('.'), message: 'Unknown field.' }));

const check = (schema: ZodType, value: unknown, within: string): Fault[] => {
  const result = schema.safeParse(value);
  return result.success ? unknownFaults(schema, value, within) : faultsOf(result.error, within);
};

const idOf = (element: unknown): { id?: string } =>
  typeof element === 'object' && element !== null && 'id' in element && /^[\w.-]{1,200}$/.test(String(element.id))
    ? { id: String(element.id) }
    : {};

/** Looks at one element after another, so that a long list of what is not wanted costs no more than its first faults. */
function elementFaults(element: ZodType, list: readonly unknown[], within: string): Fault[] {
  const faults: Fault[] = [];
  for (const [index, one] of list.entries()) {
    const found = check(element, one, `${within}.${index}`);
    faults.push(...found.slice(0, mostFaults).map((fault) => ({ ...fault, ...idOf(one) })));
    if (faults.length >= mostFaults) break;
  }
  return faults;
}

/** `invalid`, saying the first fault and giving all, but no more than can be read. */
export function invalid(faults: readonly Fault[]): WaslError {
  const [first] = faults;
  const of = first?.id === undefined ? '' : ` (id "${first.id}")`;
  return new WaslError('invalid', first ? `${first.path}${of}: ${first.message}` : 'The request is not valid.', {
    details: { faults: faults.slice(0, mostFaults) },
  });
}

/**
 * The checked value, or `WaslError('invalid')` whose details name the path of each fault; unknown fields are faults at
 * every depth. Values are never repeated in it, but for the ids of a list's elements.
 */
export function validate<T extends ZodType>(schema: T, value: unknown, within: string): z.output<T> {
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const faults = elementFaults(schema.element as ZodType, value, within);
    if (faults.length > 0) throw invalid(faults);
  }
  const result = schema.safeParse(value);
  const faults = result.success ? unknownFaults(schema, value, within) : faultsOf(result.error, within);
  if (result.success && faults.length === 0) return result.data;
  throw invalid(faults);
}
