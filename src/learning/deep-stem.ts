import { StemmerAr } from '@nlpjs/lang-ar';
import { StemmerEn } from '@nlpjs/lang-en';

const arabic = new StemmerAr();
const english = new StemmerEn();

const isArabic = (word: string): boolean => /[\u0621-\u064a]/.test(word);

/**
 * The Snowball stem of a folded word, by the stemmers of node-nlp. It cuts more than `lightStem`, so it serves only words of
 * which the lists know nothing.
 */
export const deepStem = (word: string): string => (isArabic(word) ? arabic : english).stem([word])[0] ?? word;
