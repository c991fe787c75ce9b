import { detectLanguage } from '../language/detect.ts';
import { asciiDigits } from '../language/digits.ts';
import { findEmails, findPhones, findUrls } from '../language/extract.ts';
import { fold, tokens } from '../language/fold.ts';
import { lightStem } from '../language/light-stem.ts';
import { hasLink } from '../language/post-words.ts';
import { stopWords } from '../language/stop-words.ts';

const values = (found: readonly { value: string }[]): string[] => found.map(({ value }) => value);

/** Numbers as people read them: 1,000 and ١٠٠٠ are one, 12:30 and 12 are two. */
const numbersOf = (text: string): string[] =>
  (asciiDigits(text).match(/\d[\d.,:٫٬/-]*/g) ?? []).map((one) => one.replace(/[.,:/-]+$/, '').replace(/[,٬]/g, ''));

const allIn = (said: readonly string[], known: readonly string[]): boolean => {
  const there = new Set(known);
  return said.every((one) => there.has(one));
};

/** Words on which hangs whether something is so, folded: dropped or added, the text says the contrary. */
const turning = new Set(
  tokens(`
  لا لم لن ليس ليست غير بدون دون إلا عدا سوى فقط يجب إذا لو قبل بعد كل يمنع ممنوع مجانا مجانية
  not no never without except only must if unless before after all any free cannot
  `),
);

/** Numbers in words. */
const spelled = new Set(
  tokens(`
  واحد واحدة اثنان اثنين يومان يومين شهران شهرين أسبوعان أسبوعين ساعتان ساعتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة
  ثمان ثماني ثمانية تسع تسعة عشر عشرة عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين
  تسعون تسعين مئة مائة مئتان مئتين ألف آلاف مليون نصف ربع ثلث
  one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety
  hundred thousand million half quarter third twice
  `),
);

/** "And not" is written as one word in Arabic. */
const withoutAnd = (word: string): string => {
  const rest = /^[وف](.+)$/u.exec(word)?.[1] ?? word;
  return turning.has(rest) || spelled.has(rest) ? rest : word;
};

const wordsIn = (text: string): string[] => tokens(text.replace(/(\w)n['’]t\b/g, '$1 not')).map(withoutAnd);

const countIn = (words: readonly string[], some: ReadonlySet<string>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const word of words) if (some.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

const sameCounts = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean =>
  one.size === other.size && [...one].every(([word, count]) => other.get(word) === count);

/** Light, and without the particles that go before an Arabic word. */
const stemOf = (word: string): string => lightStem(word.replace(/^[وفبلك](?=\p{L}{4})/u, ''));

/** The share of its own words that may be new: joining words that nobody listed. */
const mostNew = 0.1;

const newShare = (said: readonly string[], body: readonly string[]): number => {
  const known = new Set(body.flatMap((word) => [lightStem(word), stemOf(word)]));
  const own = said.filter((word) => !stopWords.has(word));
  const added = own.filter((word) => !known.has(lightStem(word)) && !known.has(stemOf(word)));
  return own.length === 0 ? 1 : added.length / own.length;
};

/**
 * Why a shortened text must not be said in place of the approved one, or null where it may: every number, link, mail
 * address and phone of it stands in the approved text, it is not longer, of the same language, turns nothing to its
 * contrary (no negation, condition or exception more or less), and hardly has a word that the approved text has not.
 */
export function whyUnfaithful(said: string, body: string): string | null {
  if (fold(said) === '') return 'it is empty';
  if (said.length > body.length) return 'it is longer than the text';
  if (detectLanguage(said).language !== detectLanguage(body).language) return 'it is in another language';
  const [links, known] = [values(findUrls(said)), values(findUrls(body))];
  const rest = links.reduce((text, link) => text.replaceAll(link, ' '), said);
  if (!allIn(links, known) || (hasLink(rest) && !hasLink(body))) return 'it has a link that the text has not';
  if (!allIn(values(findEmails(said)), values(findEmails(body)))) return 'it has an address that the text has not';
  if (!allIn(values(findPhones(said)), values(findPhones(body)))) return 'it has a phone that the text has not';
  if (!allIn(numbersOf(said), numbersOf(body))) return 'it has a number that the text has not';
  const [words, bodyWords] = [wordsIn(said), wordsIn(body)];
  if (!allIn([...countIn(words, spelled).keys()], bodyWords)) return 'it has a number that the text has not';
  if (!sameCounts(countIn(words, turning), countIn(bodyWords, turning))) return 'it may say the contrary';
  return newShare(words, bodyWords) > mostNew ? 'it says what the text does not' : null;
}
