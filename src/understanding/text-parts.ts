import type { Word } from '../language/fold.ts';

/** A stretch of a text by the places of its words; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** The words that no span covers. */
export const uncovered = (words: readonly Word[], spans: readonly Span[]): Word[] =>
  words.filter((word) => !spans.some((span) => word.start >= span.start && word.end <= span.end));

const edges = /^[\s،,.;:؛!…\-–—]+|[\s،,;:؛\-–—]+$/g;

/** What joined the matter to the introduction that was taken out: "وعندي مشكلة", "and I need". */
const joint =
  /^(?:و(?=(?:عندي|عندنا|لدي|لدينا|[أا]بغ[ىي]|[أا]بي|[أا]ريد|[أا]حتاج|[أا]رغب|[أا]ود|حاب|حابة|ودي|بغيت|كنت|نحتاج|نبغ[ىي]|نبي|نريد|نرغب|نود|[أا]شتكي|هل|كيف|متى|[أا]ستفسر)(?:\s|$)|ال(?!د)\p{L}{3})|and\s+)/iu;

/** The words without the "and" with which they went on from something else. */
export const withoutJoint = (text: string): string => text.replace(joint, '');

/** The text without the spans: what remains is joined again and loses the punctuation and the "and" that hung on them. */
export const cutOut = (text: string, spans: readonly Span[]): string => {
  const inOrder = [...spans].sort((one, other) => one.start - other.start);
  let rest = '';
  let from = 0;
  for (const span of inOrder) {
    if (span.end <= from) continue;
    rest += `${text.slice(from, Math.max(from, span.start))} `;
    from = Math.max(from, span.end);
  }
  rest += text.slice(from);
  if (!/[\p{L}\p{N}]/u.test(rest)) return '';
  if (inOrder.length === 0) return rest.trim();
  const whole = rest.replace(edges, '').replace(joint, '');
  return whole.replace(/[ \t]{2,}/g, ' ').replace(/ ([،,.؟?!])/g, '$1');
};
