import { fold, type Word } from './fold.ts';
import { parted } from './name-run.ts';

/** Phrases of folded words by their first word, the longest first. */
export type PhrasesByFirst = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Reads phrases parted by commas. */
export const byFirst = (...lists: readonly string[]): PhrasesByFirst =>
  Map.groupBy(
    lists
      .flatMap((list) => list.split(','))
      .map((phrase) => fold(phrase).split(' '))
      .sort((one, other) => other.length - one.length),
    (phrase) => phrase[0] ?? '',
  );

/** How many words the longest phrase at a word covers; 0 where none stands. */
export const longestOf = (phrases: PhrasesByFirst, words: readonly Word[], at: number): number => {
  const fits = (phrase: readonly string[]): boolean =>
    phrase.every((part, place) => words[at + place]?.folded === part);
  return phrases.get(words[at]?.folded ?? '')?.find(fits)?.length ?? 0;
};

/** What follows one of these is a name. */
const firmly = `
  انا اسمي, انا الاسم, اسمي الكامل هو, الاسم الكامل هو, الاسم الثلاثي هو, اسمي الكامل, اسمي هو, الاسم الكامل, الاسم الثلاثي, الاسم الرباعي, الاسم هو, معكم اخوكم, معك اخوك, معكم اختكم, معك اختك,
  اسمي, اسم مقدم الطلب, my full name is, my name is, my name s, full name, name is, i am called, ismi, esmi, ana ismi, ana esmi
`;

/** "I am" and its like are followed by a name only where a title or a known given name comes next. */
const loosely = `
  انا, اخوك, اختك, اخوكم, اختكم, معك, معاك, معكم, معاكم, الاسم, وياك, i am, i m, im, it s, ana, this is, name, ma3ak, maak
`;

export const firmIntroductions = byFirst(firmly);
export const looseIntroductions = byFirst(loosely);

/** What people say before they answer. */
const openers = byFirst(
  firmly,
  loosely,
  `السلام عليكم ورحمة الله وبركاته, السلام عليكم ورحمة الله, السلام عليكم, سلام عليكم, عليكم السلام, وعليكم السلام, وعليكم السلام ورحمة الله,
  وعليكم السلام ورحمة الله وبركاته, صباح الخير, صباح النور, مساء الخير, مساء النور, هلا والله, هلا فيك, هلا بك, يا هلا, ياهلا, اهلا وسهلا, اهلا, اهلين,
  مرحبا, هاي, نعم, ايوه, ايه, اوكي, تمام, طيب, ابشر, حاضر, اكيد, حياك الله, يا اخي, يا اخوي, لو سمحت, شكرا, تفضل, العفو, ولا يهمك, بكل سرور,
  الطالب, الطالبة, الموظف, الموظفة, طالب, طالبة, موظف, موظفة, الاخ, الاخت, محدثك, محدثتك, محدثكم, سلام, هلا`,
  `hi, hello, hey, good morning, good afternoon, good evening, yes, ok, okay, sure, of course, well, thanks, thank you, salam, salam alaikum, marhaba,
  ahlan, hala, it is, its, call me, you can call me, please call me, student`,
);

/** Both a greeting and a given name: dropped only where a sign parts it from what follows. */
const greetingNames = /^(?:سلام|هلا|hala|salam)$/;

/** The place of the first word after greetings, consent and what else people say before they answer. */
export const afterOpeners = (text: string, words: readonly Word[]): number => {
  let at = 0;
  for (;;) {
    const word = words[at];
    const next = words[at + 1];
    const length = longestOf(openers, words, at);
    if (word === undefined || length === 0) return at;
    const mayBeName = length === 1 && greetingNames.test(word.folded);
    if (mayBeName && !(next && parted(text, word, next))) return at;
    at += length;
  }
};
