/** GSM 03.38: the basic alphabet, and what costs two units because it is escaped. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const escaped = new Set('\f^{}\\[~]|€');

export interface Segments {
  encoding: 'GSM-7' | 'UCS-2';
  /** Septets, or UTF-16 units. */
  units: number;
  segments: number;
}

/** Parts of at most `size` units, none of which cuts a character that takes two. */
const partsOf = (sizes: readonly number[], size: number): number => {
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
};

/**
 * How a text travels: 160 septets alone and 153 in parts, or 70 and 67 units where one character is not of GSM-7. It does not
 * ask Wasl's own count, so that a mistake in that one shows; a property test compares the two.
 */
export function countSegments(text: string): Segments {
  const characters = [...text];
  const isGsm = characters.every((one) => basic.has(one) || escaped.has(one));
  const sizes = characters.map((one) => (isGsm ? (escaped.has(one) ? 2 : 1) : one.length));
  const units = sizes.reduce((sum, one) => sum + one, 0);
  const [alone, inParts] = isGsm ? [160, 153] : [70, 67];
  return {
    encoding: isGsm ? 'GSM-7' : 'UCS-2',
    units,
    segments: units <= alone ? 1 : partsOf(sizes, inParts),
  };
}
