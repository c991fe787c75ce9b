/** The alphabet of GSM 03.38; the signs of the second list take an escape as well. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '\f^{}\\[~]|€';

const alone = { gsm: 160, unicode: 70 } as const;
const joined = { gsm: 153, unicode: 67 } as const;

/**
 * In about how many paid parts a text goes to a phone (3GPP 23.038): 160 signs of the GSM alphabet or 70 UTF-16 units alone,
 * 153 or 67 in each of several. What a provider counts is told with each sending. Pure.
 */
export function segmentsOf(text: string): number {
  const signs = [...text];
  const isGsm = signs.every((sign) => basic.includes(sign) || extended.includes(sign));
  const length = isGsm ? signs.length + signs.filter((sign) => extended.includes(sign)).length : text.length;
  const kind = isGsm ? 'gsm' : 'unicode';
  return length <= alone[kind] ? 1 : Math.ceil(length / joined[kind]);
}
