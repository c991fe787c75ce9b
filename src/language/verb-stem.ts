const words = (list: string): string[] => list.split(' ');

/** A way to take something off a word: what is left and how unlikely the reading is; 0 is what a reader takes first. */
type Cut = readonly [rest: string, cost: number];

/** Present forms have a person letter before them, past forms have their person behind them. */
type Tense = 'past' | 'present';

/** A word read as a verb: stem with the ending of person that it lost. */
interface Reading {
  stem: string;
  tense: Tense;
  ending: string;
  cost: number;
}

/** Negation and "and", written together with the verb: ما قدرت, مقدرش, ويدفع. */
const around: readonly [pattern: RegExp, cost: number][] = [
  [/^ما(.{2,})ش$/, 0.05],
  [/^م(.{3,})ش$/, 0.1],
  [/^ما(.{2,})$/, 0.1],
  [/^م(?=[يتنا])(.{4,})$/, 0.5],
  [/^(.{3,})ش$/, 0.3],
  [/^[وف](?=[يتناسب])(.{4,})$/, 0.3],
  [/^[وف](.{3,})$/, 0.6],
];

const cutsAround = (word: string): Cut[] => [
  [word, 0],
  ...around.flatMap(([pattern, cost]): Cut[] => {
    const rest = pattern.exec(word)?.[1];
    return rest === undefined ? [] : [[rest, cost]];
  }),
];

/**
 * What stands before a present form, person letter included: future (س ح ه رح), the b- of dialects (بيدفع, بدفع, مندفع),
 * Levantine عم, Maghrebi ك and غ, Iraqi د, the ل of wishes.
 */
const before: readonly [pattern: RegExp, cost: number][] = [
  [/^ي(.{2,})$/, 0],
  [/^[نت](.{2,})$/, 0.05],
  [/^ا(.{2,})$/, 0.1],
  [/^(?:بي|هي|حي|سي)(.{2,})$/, 0.05],
  [/^(?:عم)?ب[تنا](.{2,})$/, 0.1],
  [/^(?:عم)?ب(.{2,})$/, 0.15],
  [/^(?:عم)?من(.{2,})$/, 0.15],
  [/^عم[يتنا](.{2,})$/, 0.1],
  [/^[سحه][تن](.{2,})$/, 0.15],
  [/^[سحه]ا(.{2,})$/, 0.25],
  [/^(?:رح|راح|غا)[يتنا]?(.{3,})$/, 0.2],
  [/^[هح](.{2,})$/, 0.3],
  [/^ل[يتن](.{2,})$/, 0.3],
  [/^[كغد][يتن](.{2,})$/, 0.3],
];

const tensesOf = (word: string): readonly [rest: string, tense: Tense, cost: number][] => [
  [word, 'past', 0],
  ...before.flatMap(([pattern, cost]): [string, Tense, number][] => {
    const rest = pattern.exec(word)?.[1];
    return rest === undefined ? [] : [[rest, 'present', cost]];
  }),
];

/** Objects, also with the ل of dialects (قلتلك, ارسلولي). */
const objects = words('ني نا كم كن هم هن ها ه ك لي لك له لها لنا لكم لهم');
const persons: Record<Tense, readonly string[]> = {
  past: words('توا تو تم تن تي ت نا وا و ن ي'),
  present: words('ون ين ان وا و ن ي'),
};

/** Endings that stems have as well, and that therefore tell less. */
const doubtful: Record<string, number> = { ن: 0.5, ي: 0.4, ان: 0.3 };

/** A stem has three letters, or begins like a longer form. */
const longCost = (stem: string, tense: Tense): number => {
  if (stem.length < (tense === 'past' ? 4 : 5)) return 0;
  const begins = tense === 'past' ? /^(?:ا|ت|[^م]ا)/ : /^(?:ست|.ت|ت|ن|.ا)/;
  return begins.test(stem) ? 0.1 : 0.4;
};

const endsLikeForm = /(?:وا?|..(?:ها|ني|هم|كم|نا|تم)|.[^ا](?:ون|ين)|...[تهش])$/;

/** How unlikely it is that a word ends with its stem: a person or an object behind it is no letter of it. */
const plainCost = (word: string, tense: Tense): number => {
  if (endsLikeForm.test(word) || (tense === 'past' && /^(?:ما.{3}|ي)/.test(word))) return 0.4;
  if (tense === 'past' && word.length < 4) return /^(?:..|..ت)$/.test(word) ? 0.2 : 0;
  return longCost(word, tense) * 1.2;
};

/** The endings of a list that a word has, of which two letters and more are left. */
const cutsBehind = (word: string, endings: readonly string[]): [stem: string, ending: string][] =>
  endings
    .filter((ending) => word.endsWith(ending) && word.length >= ending.length + 2)
    .map((ending) => [word.slice(0, -ending.length), ending]);

const withoutPerson = (word: string, tense: Tense, cost: number): Reading[] => [
  { stem: word, tense, ending: '', cost: cost + plainCost(word, tense) },
  ...cutsBehind(word, persons[tense]).map(([stem, ending]) => {
    const unlikely = (doubtful[ending] ?? 0) + (stem.endsWith('ا') ? 0.4 : 0) + longCost(stem, tense);
    return { stem, tense, ending, cost: cost + 0.05 + unlikely };
  }),
];

const readingsOf = (word: string): Reading[] =>
  cutsAround(word).flatMap(([inner, outerCost]) =>
    tensesOf(inner).flatMap(([rest, tense, cost]) => [
      ...withoutPerson(rest, tense, outerCost + cost),
      ...cutsBehind(rest, objects).flatMap(([stem]) => withoutPerson(stem, tense, outerCost + cost + 0.12)),
    ]),
  );

/** Before these a hollow verb loses its long vowel (قلت) and a doubled one falls apart (رددت, رديت). */
const closing = new Set(words('ت نا تم تو توا تي تن ن'));
/** Before these a weak last letter is lost (نسوا, انتهت). */
const opening = new Set(words('ت وا و ون ين ي'));

const withLongVowel = (stem: string, vowel: string): string => `${stem.slice(0, -1)}${vowel}${stem.slice(-1)}`;

/** The person letter took the alef of a longer form with it: يستعلم is of استعلم, يشتغل of اشتغل, ينقطع of انقطع. */
const presentForms = (stem: string): Cut[] => {
  const long = `ا${stem}`;
  if (stem.length === 2) {
    const withWaw: Cut = [`و${stem}`, /^[صقجضعسزلث]/.test(stem) ? 0.1 : 0.2];
    return [withWaw, [stem, 0.15]];
  }
  if (stem.length === 3)
    return [
      [stem, 0],
      [long, stem.startsWith('ت') ? 0.1 : 0.5],
    ];
  if (/^(?:ست|[^ت]ت[^ا]|[^ت]تا.|صط|ضط|زد)/.test(stem))
    return [
      [long, 0],
      [stem, 0.25],
    ];
  return /^ن[^ا]/.test(stem)
    ? [
        [long, 0.05],
        [stem, 0.1],
      ]
    : [[stem, 0.05]];
};

const pastForms = (stem: string, ending: string): Cut[] => {
  const forms: Cut[] = [[stem, stem.length === 2 ? 0.2 : 0]];
  if (/^ا.{3}/.test(stem)) forms.push([stem.slice(1), 0.2]);
  if (!closing.has(ending)) return forms;
  if (stem.length === 2) forms.push([withLongVowel(stem, 'ا'), 0.05], [withLongVowel(stem, 'و'), 0.4]);
  if (/^(?:ا..|ا.ت.|ان..|است..)$/.test(stem)) forms.push([withLongVowel(stem, 'ا'), 0.25]);
  if (/.(.)\1$/.test(stem)) forms.push([stem.slice(0, -1), 0.2]);
  if (/^..+ي$/.test(stem)) forms.push([stem.slice(0, -1), 0.3]);
  return forms;
};

/** Weak letters change with the form: قال and يقول, استفاد and يستفيد, بدا and بديت; before some endings the last is lost. */
const weakForms = ([stem, cost]: Cut, { tense, ending }: Reading): Cut[] => {
  const forms: Cut[] = [[stem, cost]];
  if (/^..ا$|[^ونه]ا$/.test(stem)) forms.push([`${stem.slice(0, -1)}ي`, cost + 0.05]);
  if (/^.+[يو]$/.test(stem)) forms.push([`${stem.slice(0, -1)}ا`, cost + 0.35]);
  if (tense === 'present' && /[وي].$/.test(stem.slice(1))) forms.push([stem.replace(/[وي](.)$/, 'ا$1'), cost + 0.2]);
  if (stem.length === 2) forms.push([`${stem}ي`, cost + (opening.has(ending) ? -0.05 : 0.2)]);
  else if (opening.has(ending) && /^ا.{2}/.test(stem)) forms.push([`${stem}ي`, cost + 0.35]);
  return forms;
};

const stemsOf = (reading: Reading): Cut[] => {
  const { stem, tense, ending, cost } = reading;
  return (tense === 'past' ? pastForms(stem, ending) : presentForms(stem))
    .map(([form, more]): Cut => [form, cost + more])
    .flatMap((form) => weakForms(form, reading));
};

const most = 6;

/**
 * The stems that a folded Arabic word would have if it were a verb form of the standard language or a dialect, likeliest
 * first, at most 6: without person, tense, negation and objects; longer forms keep their letters (يستعلم: استعلم). Forms
 * of one verb share one of them. Most words are no verb and most stems no word: whoever asks takes what is known.
 */
export function verbStems(word: string): string[] {
  if (!/^[\u0627-\u064a]{2,20}$/.test(word)) return [];
  const cheapest = new Map<string, number>();
  for (const [stem, cost] of readingsOf(word).flatMap(stemsOf))
    if (cost < (cheapest.get(stem) ?? Number.POSITIVE_INFINITY)) cheapest.set(stem, cost);
  return [...cheapest]
    .sort((one, other) => one[1] - other[1])
    .slice(0, most)
    .map(([stem]) => stem);
}
