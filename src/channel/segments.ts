/** The basic alphabet of GSM 03.38, one septet each. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table: an escape and a septet. */
const extended = new Set('\f^{}\\[~]|€');

/** How a text travels: in which alphabet, how many units of it, and in how many parts, each of which is paid. */
export interface Segments {
  encoding: 'gsm-7' | 'ucs-2';
  /** Septets, or UTF-16 units. */
  units: number;
  parts: number;
}

const isGsm = (character: string): boolean => basic.has(character) || extended.has(character);

/** In parts of at most `size`, no character of which is cut in two. */
function countParts(sizes: readonly number[], size: number): number {
  let parts = 1;
  let filled = 0;
  for (const one of sizes) {
    if (filled + one > size) {
      parts += 1;
      filled = 0;
    }
    filled += one;
  }
  return parts;
}

/**
 * Counts a text as the networks do (3GPP 23.038, 23.040): 160 septets alone and 153 in parts, or 70 and 67 UTF-16 units
 * once a character is not of the GSM alphabet, as Arabic letters are not. No text is one part.
 */
export function segments(text: string): Segments {
  const characters = [...text];
  const fits = characters.every(isGsm);
  const sizes = characters.map((one) => (fits ? (extended.has(one) ? 2 : 1) : one.length));
  const units = sizes.reduce((sum, one) => sum + one, 0);
  const [alone, joined] = fits ? [160, 153] : [70, 67];
  const parts = units <= alone ? 1 : countParts(sizes, joined);
  return { encoding: fits ? 'gsm-7' : 'ucs-2', units, parts };
}
