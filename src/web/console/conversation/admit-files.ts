import type { Inbox } from '../api/shapes.ts';

/** The largest file that the server takes from staff, whatever the channel would carry. */
export const serverMaxBytes = 20 * 1024 * 1024;

/** What an answer may carry. */
export interface FileLimits {
  maxBytes: number;
  maxCount: number;
  types: readonly string[];
  /** `maxBytes` is for all files of an answer together, as in a letter. */
  isForAll: boolean;
}

export interface Refused {
  why: 'empty' | 'wrong-type' | 'too-large' | 'too-large-together' | 'too-many';
  name: string;
}

/** What the answers of an inbox may carry; null where it takes no files. */
export function limitsOf(capabilities: Inbox['capabilities'] | undefined): FileLimits | null {
  if (!capabilities?.attachments) return null;
  const { maxBytes, maxCount, types } = capabilities.attachments;
  return { maxBytes: Math.min(maxBytes, serverMaxBytes), maxCount, types, isForAll: capabilities.form === 'letter' };
}

/** One type has several names, and parameters of which no channel speaks. */
const plainType = (type: string): string => {
  const [bare = ''] = type.toLowerCase().split(';');
  return /^audio\/(x-)?m4a$/.test(bare.trim()) ? 'audio/mp4' : bare.trim();
};

/** Whether a type is among those that a channel takes (a group such as `image/*`, or all, too). An unknown one is left to the server. */
export function takesType(types: readonly string[], type: string): boolean {
  const plain = plainType(type);
  const group = `${plain.split('/')[0]}/*`;
  return plain === '' || types.some((one) => one === '*/*' || one === group || one === plain);
}

type Given = Pick<File, 'name' | 'size' | 'type'>;

function whyNot(file: Given, limits: FileLimits, bytesBefore: number): Refused['why'] | null {
  if (file.size === 0) return 'empty';
  if (!takesType(limits.types, file.type)) return 'wrong-type';
  if (file.size > limits.maxBytes) return 'too-large';
  return limits.isForAll && bytesBefore + file.size > limits.maxBytes ? 'too-large-together' : null;
}

/** Parts files that an agent gives into those that fit beside what is there, in their order, and those that do not. */
export function admitFiles<T extends Given>(
  given: readonly T[],
  there: readonly { bytes: number }[],
  limits: FileLimits,
): { taken: T[]; refused: Refused[] } {
  const taken: T[] = [];
  const refused: Refused[] = [];
  let bytes = there.reduce((sum, one) => sum + one.bytes, 0);
  for (const file of given) {
    const isFull = there.length + taken.length >= limits.maxCount;
    const why = whyNot(file, limits, bytes) ?? (isFull ? 'too-many' : null);
    if (why) refused.push({ why, name: file.name });
    else {
      taken.push(file);
      bytes += file.size;
    }
  }
  return { taken, refused };
}
