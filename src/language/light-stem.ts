const prefixes = ['وبال', 'ولل', 'وال', 'فال', 'بال', 'كال', 'هال', 'عال', 'لل', 'ال'];
/** With the ta that a ta marbuta becomes before them: مشكلتي and مشكلة are one word. */
const taPronouns = ['تكم', 'تهم', 'تها', 'تنا', 'تي', 'تك', 'ته'];
const pronouns = ['كما', 'هما', 'كم', 'هم', 'هن', 'ها', 'نا', 'ني', 'ك'];
const endings = ['تين', 'تان', 'ات', 'ون', 'ين', 'ان', 'يه', 'وا', 'ه', 'ي', 'ا'];

const stripFirst = (word: string, starts: string[], keep: number): string => {
  const found = starts.find((start) => word.startsWith(start) && word.length - start.length >= keep);
  return found === undefined ? word : word.slice(found.length);
};

const stripLast = (word: string, ends: string[], keep: number): string => {
  const found = ends.find((end) => word.endsWith(end) && word.length - end.length >= keep);
  return found === undefined ? word : word.slice(0, -found.length);
};

/** Whether a word is known; it settles whether a first و ف ب ل is a particle (وقاعة) or a letter of the word (وظيفة). */
export type Knows = (word: string) => boolean;
const knowsNothing: Knows = () => false;

const withoutPronoun = (word: string): string => {
  const noun = stripLast(word, taPronouns, 3);
  return noun === word ? stripLast(word, pronouns, 3) : `${noun}ه`;
};

const withoutEndings = (word: string): string => stripLast(stripLast(word, endings, 3), endings, 3);

const loose = (word: string, knows: Knows, finish: (word: string) => string): string => {
  const plain = finish(stripFirst(word, prefixes, 3));
  if (knows(plain) || !/^[وفبل]/.test(word) || word.length < 4) return plain;
  const bare = finish(stripFirst(word.slice(1), prefixes, 3));
  return knows(bare) ? bare : plain;
};

/** A folded Arabic word without particles before it and pronouns behind it; its own ending stays (معاملتي: معامله). */
export const bareWord = (word: string, knows: Knows = knowsNothing): string => loose(word, knows, withoutPronoun);

const stemEnglish = (word: string): string => {
  if (word.length < 4) return word;
  const bare = word
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(ss|sh|ch|x|z)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  return bare.length < 6 ? bare : bare.replace(/(?:ing|ed)$/, '').replace(/([bdgmnprt])\1$/, '$1');
};

const isArabic = (word: string): boolean => /[\u0621-\u064a]/.test(word);

/**
 * A folded word without what is lightly attached to it: Arabic particles and common endings, English plural, -ing and
 * -ed. The article goes with what is before it (ال وال بال لل); a single و ف ب ل only where `knows` the word behind it.
 * Light on purpose: root stemmers throw different words together.
 */
export const lightStem = (word: string, knows: Knows = knowsNothing): string =>
  isArabic(word) ? loose(word, knows, (inner) => withoutEndings(withoutPronoun(inner))) : stemEnglish(word);
