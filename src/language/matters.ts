/** A stretch of a text that may be a matter of its own. */
export interface MatterPart {
  text: string;
  /** It stands beside words that say so ("وكمان", "and also"), not by a sign or a new line alone. */
  joined: boolean;
}

/** Words of one who comes to a further matter; they count where a clause can begin. */
const joints = [
  'و?كمان',
  'و[أا]يض[اًا]+',
  '[أا]يض[اًا]+(?=\\s+(?:[أا]بي|[أا]بغ[ىي]|[أا]ريد|عندي|عندنا|هل|كيف|متى|وش|كم|وين|[أا]حتاج))',
  'وكذلك',
  'وبعد(?=\\s+(?:[أا]بي|[أا]بغ[ىي]|[أا]ريد|عندي|عندنا|هل|كيف|متى|وش|كم|وين|[أا]حتاج|ما|فيه))',
  'بال[إا]ضاف[ةه]\\s+[إا]ل[ىي]\\s+(?:ذلك|هذا)',
  'وشي\\s+ثاني',
  'و?(?:سؤالي|طلبي)\\s+الثاني',
  'ومن\\s+جه[ةه]\\s+(?:ثاني[ةه]|[أا]خر[ىي])',
  'and\\s+also',
  'also(?=[,:،]?\\s+(?:i|my|the|can|could|how|when|where|what|is|are|do|we|please)\\b)',
  'plus(?=\\s+(?:i|my|the|can|could|how|when|where|what|we)\\b)',
  'and\\s+(?:another|one\\s+more)\\s+(?:thing|question|request)',
  'another\\s+(?:thing|question)',
];

const joint = new RegExp(`(?<![\\p{L}\\p{N}])(?:${joints.join('|')})(?![\\p{L}\\p{N}])[\\s:،,-]*`, 'iu');
const signs = /(?<=[?؟])\s*|\n+/u;
const edges = /^[\s،,.;؛:–—-]+|[\s،,.;؛:–—-]+$/g;

const atJoints = (text: string): MatterPart[] => {
  const parts = text.split(joint).filter((part) => /\p{L}/u.test(part));
  return parts.map((part) => ({ text: part.replace(edges, ''), joined: parts.length > 1 }));
};

/** So many matters are told in one go; whoever tells more wants a person. */
const mostParts = 5;

/**
 * The stretches of a text between clear joints: "وكمان", "and also", a question mark, a new line. One stretch where there
 * is none, or too many.
 */
export function matterParts(text: string): MatterPart[] {
  const parts = text.split(signs).flatMap(atJoints);
  return parts.length > mostParts ? [{ text, joined: false }] : parts;
}
