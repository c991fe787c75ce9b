/** One header field as it stands in the source: `value` unfolded, each byte as one character (Latin-1). */
export interface HeadField {
  name: string;
  value: string;
}

export interface Head {
  fields: HeadField[];
  /** Lines that are no fields, as in the source, of at most 64 KB: words, where nobody put an empty line before them. */
  stray: string[];
  /** Where the body begins. */
  end: number;
  /** True where a limit cut the head short. */
  cut: boolean;
}

const newline = 10;
const fieldName = /^([!-9;-~]+)[ \t]*:/;

interface HeadLimits {
  headBytes: number;
  headFields: number;
}

const isLineOfMailbox = (line: string): boolean => /^>?From [^:]*$/.test(line) || /^>?From .*\d\d:\d\d/.test(line);

const mostStray = 65_536;

/** Collects lines into fields; a line that begins with a space goes on the one before it. */
function collect(limits: HeadLimits) {
  const fields: HeadField[] = [];
  const stray: string[] = [];
  let strayLeft = mostStray;
  let parts: string[] = [];
  let isAfterStray = true;
  const addStray = (line: string): void => {
    if (strayLeft > 0 && !isLineOfMailbox(line)) stray.push(line.slice(0, strayLeft));
    strayLeft -= line.length;
    isAfterStray = true;
  };
  const close = () => {
    const last = fields.at(-1);
    if (last && parts.length > 0) last.value = [last.value, ...parts].join('');
    parts = [];
  };
  const add = (line: string): void => {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (isAfterStray) addStray(line);
      else parts.push(line.replace(/^[ \t]+/, ' '));
      return;
    }
    const name = fieldName.exec(line);
    if (!name?.[1]) {
      addStray(line);
      return;
    }
    if (fields.length >= limits.headFields) return;
    close();
    isAfterStray = false;
    fields.push({ name: name[1].toLowerCase(), value: line.slice(name[0].length) });
  };
  return { fields, stray, add, close };
}

interface Line {
  text: string;
  /** Where the next line begins. */
  next: number;
}

/** The line at `at` without its end; of a line without measure only the beginning. */
function lineAt(raw: Buffer, at: number, most: number): Line {
  const found = raw.indexOf(newline, at);
  const next = found === -1 ? raw.length : found + 1;
  const stop = found === -1 ? raw.length : found > at && raw[found - 1] === 13 ? found - 1 : found;
  return { text: raw.toString('latin1', at, Math.min(stop, at + most)), next };
}

/** A line of spaces alone ends the head, unless what follows is plainly still the head. */
function endsHead(raw: Buffer, line: Line): boolean {
  if (line.text === '') return true;
  const { text } = lineAt(raw, line.next, 200);
  return !fieldName.test(text) && !/^[ \t]+\S/.test(text);
}

/** Goes to the first empty line without looking at what is passed. */
function skipHead(raw: Buffer, from: number): number {
  let at = from;
  while (at < raw.length) {
    const line = lineAt(raw, at, 2);
    at = line.next;
    if (line.text.trim() === '') break;
  }
  return at;
}

/** Where the first field begins: after empty lines and a mailbox separator. */
export function skipPreface(raw: Buffer): number {
  let at = 0;
  while (at < raw.length) {
    const line = lineAt(raw, at, 1000);
    if (line.text.trim() !== '' && !isLineOfMailbox(line.text)) break;
    at = line.next;
  }
  return at;
}

/**
 * Reads header fields from `start` on, to the first empty line. Linear in the length of the head; lines that are no
 * header are passed over. `isEnd` may end the head early (a boundary without an empty line before it).
 */
export function readHead(raw: Buffer, start: number, limits: HeadLimits, isEnd?: (line: string) => boolean): Head {
  const { fields, stray, add, close } = collect(limits);
  const from = start === 0 ? skipPreface(raw) : start;
  let at = from;
  let cut = false;
  while (at < raw.length && !cut) {
    const line = lineAt(raw, at, limits.headBytes);
    if (line.text.startsWith('--') && isEnd?.(line.text)) break;
    at = line.next;
    if (line.text.trim() !== '') add(line.text);
    else if (endsHead(raw, line)) break;
    cut = at - from > limits.headBytes || fields.length >= limits.headFields;
  }
  close();
  return { fields, stray, end: cut ? skipHead(raw, at) : at, cut };
}

/** The first field of that name, as in the source, without spaces around it; null where there is none. */
export const fieldOf = (head: { fields: readonly HeadField[] }, name: string): string | null =>
  head.fields.find((field) => field.name === name)?.value.trim() ?? null;

/** All fields of that name. */
export const fieldsOf = (head: { fields: readonly HeadField[] }, name: string): string[] =>
  head.fields.filter((field) => field.name === name).map((field) => field.value.trim());
