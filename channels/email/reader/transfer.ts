const equals = 61;

const hex = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const upper = byte & 0xdf;
  return upper >= 65 && upper <= 70 ? upper - 55 : -1;
};

/** Where a soft break that begins at `at` (the `=`) ends, or -1: `=`, spaces, line end. */
function softBreak(bytes: Buffer, at: number): number {
  let i = at + 1;
  while (bytes[i] === 32 || bytes[i] === 9) i += 1;
  if (bytes[i] === 13 && bytes[i + 1] === 10) return i + 2;
  if (bytes[i] === 10 || bytes[i] === 13) return i + 1;
  return i >= bytes.length ? i : -1;
}

/** What stands at an equals sign: the byte it codes, a soft break, or itself; and where reading goes on. */
function readEquals(bytes: Buffer, at: number): { byte: number | null; next: number } {
  const [high, low] = [hex(bytes[at + 1]), hex(bytes[at + 2])];
  if (high >= 0 && low >= 0) return { byte: high * 16 + low, next: at + 3 };
  const next = softBreak(bytes, at);
  return next === -1 ? { byte: equals, next: at + 1 } : { byte: null, next };
}

function quotedPrintable(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let [at, length] = [0, 0];
  while (at < bytes.length) {
    const found = bytes.indexOf(equals, at);
    length += bytes.copy(out, length, at, found === -1 ? bytes.length : found);
    if (found === -1) break;
    const { byte, next } = readEquals(bytes, found);
    if (byte !== null) out[length++] = byte;
    at = next;
  }
  return out.subarray(0, length);
}

/** True where this is plainly not base64, whatever the label says: spaces within lines or signs beyond its alphabet. */
const isNotBase64 = (sample: string): boolean => {
  const strange = sample.replace(/[A-Za-z0-9+/=\s_-]/g, '').length;
  const hasSpaces = sample.includes(' ');
  return strange * 20 > sample.length || (hasSpaces && /[A-Za-z]{2,12} [A-Za-z]{2,12} [A-Za-z]{2,12}/.test(sample));
};

/** What lists put below a mail, without looking at how it is encoded, is not longer. */
const longestFooter = 8192;
const isCodedLine = (line: string): boolean => /^(?![-_]{2,}$)[\w+/=-]*$/.test(line.trim());
const plainLine = /\b[A-Z]?[a-z]+,? [a-z]{2,}\b|[@.:\u0080-\u00ff]|^[-_]{2,}\s*$/;

/** Whether these are lines of base64 beyond doubt: a full one at the beginning, or a padded one at the end. */
function isCoded(bytes: Buffer): boolean {
  const sample = bytes.toString('latin1', 0, 4096);
  if (/^\s*[A-Za-z0-9+/]{60}/.test(sample)) return true;
  const letters = sample.replace(/\s+/g, '');
  return letters.length > 7 && letters.length % 4 === 0 && letters.endsWith('=');
}

/** Where plain lines begin that stand below base64; the length where none do. */
function footerStart(bytes: Buffer): number {
  const from = Math.max(0, bytes.length - longestFooter);
  const lines = bytes.toString('latin1', from).split('\n');
  const first = lines.findIndex((line, at) => at > 0 && !isCodedLine(line));
  if (first === -1 || !plainLine.test(lines[first] ?? '')) return bytes.length;
  if (lines.slice(first).some((line) => line.length > 56 && isCodedLine(line))) return bytes.length;
  const start = from + lines.slice(0, first).join('\n').length + 1;
  return isCoded(bytes.subarray(0, start)) ? start : bytes.length;
}

/** What is coded of a body that is labelled base64, up to a plain footer; null where it is no base64. */
function codedPart(bytes: Buffer): Buffer | null {
  const coded = bytes.subarray(0, footerStart(bytes));
  return isNotBase64(coded.toString('latin1', 0, 4096)) ? null : coded;
}

/** Some programs join several base64 texts, each with its own padding. */
function base64(bytes: Buffer): Buffer {
  const coded = codedPart(bytes);
  if (coded === null) return bytes;
  const text = coded.toString('latin1');
  const padded = text.indexOf('=');
  if (padded === -1 || !/[^=\s]/.test(text.slice(padded, padded + 4096))) return Buffer.from(text, 'base64');
  return Buffer.concat((text.match(/[^=]+/g) ?? []).map((one) => Buffer.from(one, 'base64')));
}

function uuencoded(bytes: Buffer): Buffer {
  const out: number[] = [];
  for (const line of bytes.toString('latin1').split(/\r?\n/)) {
    if (/^begin \d{3} /.test(line) || line === '') continue;
    if (line === 'end' || line === '`') break;
    const length = (line.charCodeAt(0) - 32) & 63;
    for (let i = 1, left = length; left > 0; i += 4, left -= 3) {
      const [a, b, c, d] = [0, 1, 2, 3].map((n) => ((line.charCodeAt(i + n) || 32) - 32) & 63);
      const group = ((a ?? 0) << 18) | ((b ?? 0) << 12) | ((c ?? 0) << 6) | (d ?? 0);
      out.push(...[group >> 16, group >> 8, group].map((n) => n & 255).slice(0, left));
    }
  }
  return Buffer.from(out);
}

const isJoined = (sample: string): boolean => /=[^=\s]/.test(sample.replace(/=\s+/g, '='));

/** Whether a body is not as its Content-Transfer-Encoding says, or in one that few readers know. */
export function isOddlyEncoded(bytes: Buffer, encoding: string | null): boolean {
  const name = (encoding ?? '').trim().toLowerCase();
  if (name === 'base64') {
    const coded = codedPart(bytes);
    return coded === null || coded.length < bytes.length || isJoined(coded.toString('latin1', 0, 4096));
  }
  return /base|quoted|uu/.test(name) && name !== 'quoted-printable';
}

/** The plain lines that somebody added below a body in base64; empty where there are none. */
export function plainFooter(bytes: Buffer, encoding: string | null): Buffer {
  const coded = /^\s*base64/i.test(encoding ?? '') ? codedPart(bytes) : null;
  return bytes.subarray(coded?.length ?? bytes.length);
}

/** Undoes a Content-Transfer-Encoding; what is unknown or does not fit stays as it is. Linear, never throws. */
export function decodeTransfer(bytes: Buffer, encoding: string | null): Buffer {
  const name = (encoding ?? '').toLowerCase().replace(/[^a-z0-9-]/g, '');
  if (name.startsWith('base64')) return base64(bytes);
  if (name.startsWith('quoted')) return quotedPrintable(bytes);
  return /^(?:x-)?uu/.test(name) ? uuencoded(bytes) : bytes;
}
