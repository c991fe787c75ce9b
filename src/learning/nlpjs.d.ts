declare module '@nlpjs/lang-ar' {
  export class StemmerAr {
    stem(words: string[]): string[];
  }
}
declare module '@nlpjs/lang-en' {
  export class StemmerEn {
    stem(words: string[]): string[];
  }
}
