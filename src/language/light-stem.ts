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

const stripParticle = (word: string): string => {
  const bare = stripFirst(word, prefixes, 3);
  if (bare !== word) return bare;
  return stripFirst(word, ['و', 'ف', 'ب', 'ل'], 4);
};

/** A folded Arabic word without particles before it and pronouns behind it; its own ending stays (معاملتي: معامله). */
export const bareWord = (word: string): string => {
  const inner = stripParticle(word);
  const noun = stripLast(inner, taPronouns, 3);
  return noun === inner ? stripLast(inner, pronouns, 3) : `${noun}ه`;
};

const stemArabic = (word: string): string => stripLast(bareWord(word), endings, 3);

const stemEnglish = (word: string): string => {
  if (word.length < 4) return word;
  const bare = word
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(ss|sh|ch|x|z)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  return bare.length < 6 ? bare : bare.replace(/(?:ing|ed)$/, '').replace(/([bdgmnprt])\1$/, '$1');
};

/**
 * A folded word without what is lightly attached to it: Arabic particles (و ف ب ل ال) and common endings, English plural,
 * -ing and -ed. Light on purpose: root stemmers throw different words together.
 */
export const lightStem = (word: string): string =>
  /[\u0621-\u064a]/.test(word) ? stemArabic(word) : stemEnglish(word);
