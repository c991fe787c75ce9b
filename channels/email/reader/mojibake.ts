import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** The beginnings of Arabic letters in UTF-8 that were read as windows-1252 or Latin-1 (Ø, Ù) or windows-1256 (ط, ظ). */
const traces = {
  western:
    /[\u00d8\u00d9][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/,
  arabic: /(?:[طظ][\u0080-\uffff]){2}/,
};

const arabic = /[\u0600-\u06ff]/;

/** windows-1252 with its unused places left as they are, because that is how browsers and mail programs read it. */
const westernBytes = new Map<string, number>(
  Array.from({ length: 128 }, (_, i) => {
    const byte = i + 128;
    const char = iconv.decode(Buffer.from([byte]), 'windows-1252');
    return [char === '\ufffd' ? String.fromCharCode(byte) : char, byte];
  }),
);
for (let byte = 0x80; byte < 0xa0; byte += 1) {
  const char = String.fromCharCode(byte);
  if (!westernBytes.has(char)) westernBytes.set(char, byte);
}

function asWestern(text: string): Buffer | null {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const byte = code < 0x80 ? code : westernBytes.get(text.charAt(i));
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}

function asArabic(text: string): Buffer | null {
  const bytes = iconv.encode(text, 'windows-1256');
  return iconv.decode(bytes, 'windows-1256') === text ? bytes : null;
}

function undone(text: string, encode: (text: string) => Buffer | null): string | null {
  const bytes = encode(text);
  if (!bytes || !isUtf8(bytes)) return null;
  const mended = bytes.toString('utf8');
  return arabic.test(mended) ? mended : null;
}

/**
 * Undoes UTF-8 that had been read as another charset before it was sent ("Ø§Ù„", "ط§ظ„"). Only where every character
 * goes back to a byte and the bytes are UTF-8 with Arabic in it; a text that is right as it is fails that.
 */
export function mendMojibake(text: string): string {
  if (traces.western.test(text)) return undone(text, asWestern) ?? text;
  if (traces.arabic.test(text)) return undone(text, asArabic) ?? text;
  return text;
}
