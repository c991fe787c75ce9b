import { cleanText } from './clean.ts';
import { entityLength, isForeign, isThing } from './entity-length.ts';
import { bodyWords, isEverydayWord, roleWords } from './everyday-words.ts';
import type { Found } from './extract.ts';
import { type Word, wordsOf } from './fold.ts';
import { isGivenName } from './given-names.ts';
import { closesName, nameRunAt } from './name-run.ts';
import type { Reading } from './names.ts';
import { afterOpeners, byFirst, longestOf } from './openers.ts';

const set = (list: string): Set<string> => new Set(list.trim().split(/\s+/));

const introductions = `
  جهتي هي, جهة عملي, جهة العمل, الجهة هي, جهتي, الجهة, انتمي الى, انتسب الى, اعمل في, اشتغل في, ادرس في, تابع ل, تابعة ل, من منسوبي, منسوبي,
  my entity is, entity, i work at, i work in, i work for, i study at, working at, working in
`;
const introduced = byFirst(introductions);
const leadIns = byFirst(
  introductions,
  'انا من, نحن من, احنا من, في, من, i am from, i m from, im from, we are from, from, at, the',
);

const tidy = (entity: string): string => entity.replace(/\s+/g, ' ').trim();

/** What a person says of themselves beside the body. */
const aside = set(`
  طالب طالبه موظف موظفه دكتور دكتوره معيد معيده محاضر اداري اداريه خريج خريجه وطالب وطالبه وموظف وموظفه
`);

/** Words with which no body's name begins; "IT department" is one. */
const isNone = (folded: string): boolean => (isForeign(folded) && folded !== 'it') || aside.has(folded);

/** Attached ب: "طالب بكلية العلوم". */
const attached = /^(?:ب|ل)(?=(?:ال)?(?:كليه|عماده|قسم|اداره|معهد|مركز|جامعه|وكاله|وحده|وزاره|فرع)$)/;

interface Begin {
  /** What comes before says that it is the person's own: "I work at". */
  told: boolean;
  /** First word of the whole phrase, lead-in included. */
  from: number;
  /** First word of the entity itself. */
  at: number;
}

/** English puts before the kind of body what it is called: "Horizon Trading Company". */
const mostBefore = 4;

/** The place of the word that tells the kind of body whose name begins at a word; -1 where none begins there. */
const kindAt = (words: readonly Word[], at: number): number => {
  for (let place = at; place < words.length; place += 1) {
    const folded = words[place]?.folded ?? '';
    if (bodyWords.has(folded)) return place;
    if (!/^[a-z]/.test(folded) || (isForeign(folded) && folded !== 'it') || place - at >= mostBefore) return -1;
  }
  return -1;
};

const beginAt = (words: Word[], place: number): Begin | null => {
  const lead = longestOf(introduced, words, place);
  if (lead > 0) {
    const article = words[place + lead]?.folded === 'the' ? 1 : 0;
    return { told: true, from: place, at: place + lead + article };
  }
  const word = words[place]?.folded ?? '';
  if (attached.test(word)) return { told: false, from: place, at: place };
  const linked = /^(?:من|في|نحن|احنا|حنا|from|at|in)$/.test(word);
  if (!linked) return null;
  const next = words[place + 1]?.folded === 'the' ? place + 2 : place + 1;
  const told = /^(?:نحن|احنا|حنا)$/.test(word);
  return kindAt(words, next) < 0 ? null : { told, from: place, at: next };
};

const withoutAttached = (written: string, folded: string): string =>
  attached.test(folded) ? written.slice(1) : written;

const self = /^(?:انا|اني|احنا|حنا|نحن|معك|معاك|معكم|معاكم|i|am|m|im|we|are|re)$/;

/** Whoever says "I am" before it introduces themselves by it: the place of that word. */
const withSelf = (text: string, words: readonly Word[], at: number): number => {
  const [word, before] = [words[at], words[at - 1]];
  if (!word || !before || !self.test(before.folded) || !/^[\s'’]*$/.test(text.slice(before.end, word.start))) return at;
  return withSelf(text, words, at - 1);
};

const others = /^(?:ال(?:موظف|دكتور|مدير|مشرف|مسؤول|مسوول|استاذ|عميد|رييس|فني|سكرتير)ه?|he|she|they)$/;
const toMe = /^[وف]?(?!ال)[\u0621-\u064a]{3,}ني$/;

/** What is told of: a thing, a wish, somebody else, or what was done to the writer. */
const tellsOf = ({ folded }: Pick<Word, 'folded'>): boolean =>
  isForeign(folded) || isThing(folded) || others.test(folded) || (toMe.test(folded) && !isGivenName(folded));

const speaker = /^و?(?:انا|اني|احنا|حنا|نحن|معك|معاك|معكم|معاكم|اسمي)$|^(?:i|am|im|m|we|are|my|this)$/;
const linksOfSelf = /^(?:name|is|s|a|an|the|هنا|من|في)$/;

/** Between "I am" and the body stand a name or a role at most. */
const introduces = ({ folded }: Word): boolean =>
  linksOfSelf.test(folded) || roleWords.has(folded) || !(isEverydayWord(folded) || tellsOf({ folded }));

/**
 * Whether the writer belongs to a body that is named without "I work at". One that is named within a matter is where
 * something stands, or of whom it is told: "the printer in the office", "he threw me out of the library".
 */
function isOwn(text: string, words: readonly Word[], begin: Begin, from: number): boolean {
  if (begin.told || from < begin.from) return true;
  const earlier = words.slice(0, from);
  const said = earlier.findLastIndex(({ folded }) => speaker.test(folded));
  if (said >= 0 && earlier.slice(said + 1).every(introduces)) return true;
  const [last, first] = [words[from - 1], words[from]];
  const isApart = last && first && /[،,.؛;\n]/.test(text.slice(last.end, first.start));
  if (isApart && /^(?:من|from)$/.test(first.folded)) return true;
  return !earlier.some((word) => !speaker.test(word.folded) && tellsOf(word));
}

/** The body a person says they belong to ("من كلية العلوم", "from the College of Science"), and the phrase's place. */
export const findEntity = (text: string, words: Word[] = wordsOf(text)): Found | null => {
  for (let place = 0; place < words.length; place += 1) {
    const begin = beginAt(words, place);
    const first = begin && words[begin.at];
    if (!begin || !first || isNone(first.folded)) continue;
    const fromAt = withSelf(text, words, begin.from);
    const from = words[fromAt];
    if (!from || !isOwn(text, words, begin, fromAt)) continue;
    const kind = Math.max(begin.at, kindAt(words, begin.at));
    const last = words[kind + entityLength(text, words, kind) - 1] ?? first;
    const value = withoutAttached(tidy(text.slice(first.start, last.end)), first.folded);
    return { value, start: from.start, end: last.end };
  }
  return null;
};

/** A body named without a lead-in at a word ("كلية العلوم"), as far as it goes: one past its last word; 0 where none begins there. */
export const entityEnd = (text: string, words: Word[], at: number): number => {
  const first = words[at]?.folded ?? '';
  const attachedBody = attached.test(first);
  return bodyWords.has(first) || attachedBody ? at + entityLength(text, words, at) : 0;
};

/** The name of the body that covers these words, as it is written. */
export const entityText = (text: string, words: Word[], from: number, to: number): string =>
  withoutAttached(tidy(text.slice(words[from]?.start ?? 0, words[to - 1]?.end ?? 0)), words[from]?.folded ?? '');

const refusals = set(`
  ليش لماذا كيف متي وين اين هل وش ايش مدري ادري اعرف نعم ايوه اوكي تمام موظف انسان شكوي تذكره وقف الغاء تصعيد طلبي ممكن ابي ابغي اريد
  عندي يوجد لايوجد ماعندي مافي مافيه مافيش بدون شي شيء لاشي مو مب مش ضروري داعي لازم نفس نفسه نفسها تخطي مجهول السلام سلام مرحبا هلا اهلا شكرا
  مالي ولا ليس طيب خلاص خربان حولني حولوني
  why how when what yes ok okay agent human status stop request ticket dont don know help hello hi thanks thank no none nothing nope nil na not same
  skip nowhere unknown salam abgha wesh marhaba n talk speak
`);
const maxEntityLength = 120;
const maxEntityWords = 12;

const plausible = (value: string, words: Word[]): boolean => {
  if (value.length < 2 || value.length > maxEntityLength || words.length === 0 || words.length > maxEntityWords)
    return false;
  if (/[?؟@\n]/.test(value) || !/\p{L}/u.test(value)) return false;
  if (/^[a-z]+ (?:at|in|from|of) /i.test(value) && roleWords.has(words[0]?.folded ?? '')) return false;
  return !words.some((word) => refusals.has(word.folded) || isNone(word.folded));
};

/** "outside the university", "the northern branch": places that hold a body's word with particles attached. */
const isPlace = (folded: string): boolean => attached.test(folded) || folded === 'خارج' || folded === 'outside';

const withoutLeadIn = (text: string): string => {
  const words = wordsOf(text);
  const opened = afterOpeners(text, words);
  const at = bodyWords.has(words[opened]?.folded ?? '') ? opened : 0;
  const led = at + longestOf(leadIns, words, at);
  const next = words[words[led]?.folded === 'the' ? led + 1 : led];
  return next === undefined ? text : text.slice(next.start);
};

/** "منى من كلية الطب": what is left when the name before the body is taken off. */
const withoutName = (text: string): string => {
  const words = wordsOf(text);
  const run = nameRunAt(text, words, afterOpeners(text, words));
  const next = run && words[run.to];
  if (!run?.known || !next || (run.doubtful && bodyWords.has(next.folded)) || !closesName(text, words, run.to))
    return text;
  return withoutLeadIn(text.slice(next.start));
};

const isPerson = (text: string): boolean => {
  const words = wordsOf(text);
  const run = nameRunAt(text, words, afterOpeners(text, words));
  const role = roleWords.has(words[0]?.folded ?? '') && words.length <= 3;
  return role || (run?.known === true && run.to === words.length);
};

/** The lines and stretches between signs; what names a person is none of the body's. */
const stretches = (answer: string): string[] => {
  const all = answer
    .split(/[\n،,؛;|]|\s[-–—/]\s?/)
    .map((stretch) => stretch.trim())
    .filter((stretch) => stretch !== '');
  return all.length > 1 ? all.filter((stretch) => !isPerson(stretch)) : all;
};

/** "كلية الهندسة، قسم المدني" is one place in two stretches. */
const joined = (answer: string): string => {
  const [first = '', ...others] = stretches(answer);
  const more = others.findIndex((stretch) => !bodyWords.has(wordsOf(stretch)[0]?.folded ?? ''));
  return [first, ...others.slice(0, more < 0 ? undefined : more)].join('، ');
};

/** A body with which somebody introduces themselves before they ask something else. */
const readOpening = (answer: string): Reading | null => {
  const words = wordsOf(answer);
  const found = findEntity(answer, words);
  const opened = words[afterOpeners(answer, words)]?.start ?? 0;
  return found && found.start <= opened ? { value: found.value, sure: true } : null;
};

const membership = byFirst(
  `انا من, احنا من, حنا من, نحن من, انا اعمل في, انا اشتغل في, اعمل في, اشتغل في, ادرس في, موظف في, موظفة في, طالب في, طالبة في,
  i am from, i m from, im from, we are from, i work at, i work for, i work in, i study at`,
);
const mostMemberWords = 4;
const noBody = /^(?:زمان|اهل|الناس|ناس|هنا|برا|بعيد|اول|يوم|يومين|اسبوع|شهر|فتره|here|there|outside|a|an|the)$/;

/** "انا من أرامكو وابغى": no kind of body is named, but something else begins right behind the name. */
const readMember = (answer: string): Reading | null => {
  const words = wordsOf(answer);
  const at = longestOf(membership, words, 0);
  const first = words[at];
  if (at === 0 || !first || isForeign(first.folded) || noBody.test(first.folded)) return null;
  const length = entityLength(answer, words, at);
  const to = at + length;
  return length <= mostMemberWords && to < words.length
    ? { value: entityText(answer, words, at, to), sure: true }
    : null;
};

const closing = /[\s،,]*(?:شكرا|شكراً|لو سمحت(?:م|وا)?|thanks|thank you|please|pls)$/i;

/**
 * The answer to "which entity are you from?": lead-ins, and the person's name and category beside it, dropped. `sure`
 * where it names a kind of body (college, deanship, department); null where it is plainly none (a question, a command,
 * "I have none", digits only, an address).
 */
export const readEntity = (text: string): Reading | null => {
  const answer = cleanText(text).trim().slice(0, 500);
  if (/[?؟]/.test(answer)) return readOpening(answer);
  const value = tidy(
    withoutName(withoutLeadIn(joined(answer)))
      .replace(/[.،,!]+$/, '')
      .replace(closing, ''),
  );
  const words = wordsOf(value);
  if (plausible(value, words))
    return {
      value: withoutAttached(value, words[0]?.folded ?? ''),
      sure: words.some((word) => bodyWords.has(word.folded) || isPlace(word.folded)),
    };
  const end = bodyWords.has(words[0]?.folded ?? '') ? entityEnd(value, words, 0) : 0;
  if (end > 1) return { value: entityText(value, words, 0, end), sure: true };
  const found = findEntity(answer);
  return found ? { value: found.value, sure: true } : readMember(answer);
};
