import { WaslError } from '../errors.ts';

/** One thing wrong in a content file, with the line (from 1) where the editor should look and what to do there. */
export interface Fault {
  file: string;
  line: number;
  message: string;
}

const listed = ({ file, line, message }: Fault): string => `${file}:${line}: ${message}`;

/** Everything that is wrong in the content files that were read together; the message lists each fault on a line. */
export class ContentError extends WaslError {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    const title =
      faults.length === 1 ? 'A content file has a fault:' : `The content files have ${faults.length} faults:`;
    super('invalid', [title, ...faults.map(listed)].join('\n'), { details: { faults } });
    this.name = 'ContentError';
    this.faults = faults;
  }
}

/** Throws one ContentError when there are faults, and does nothing when there are none. */
export function throwFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new ContentError(faults);
}

/**
 * Waits for all readings and gives their results in order. When some fail with a ContentError, one ContentError with
 * the faults of all is thrown; any other error is thrown as it is.
 */
export async function readTogether<T extends readonly unknown[] | []>(readings: T) {
  const settled = await Promise.allSettled(readings);
  const reasons = settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  const other = reasons.find((reason) => !(reason instanceof ContentError));
  if (other !== undefined) throw other;
  throwFaults(reasons.flatMap((reason) => (reason instanceof ContentError ? reason.faults : [])));
  return Promise.all(readings);
}
