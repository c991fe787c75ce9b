/** The language in which the bank read a question; where it does not say, that of the letters. */
export function askedLanguage(text: string, why: readonly string[]): 'ar' | 'en' {
  const read = why.find((line) => line.startsWith('language: '))?.slice('language: '.length);
  if (read === 'ar' || read === 'en') return read;
  return /\p{Script=Arabic}/u.test(text) ? 'ar' : 'en';
}
