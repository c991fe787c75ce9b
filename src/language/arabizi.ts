/** What one sound may be in Arabic letters, and how far it lies from the usual: 0 is what most people mean. */
type Option = readonly [letters: string, cost: number];

/** "ت ط.6" reads: ت as a rule, less often ط; a dash stands for nothing written. */
const optionsOf = (spec: string): Option[] =>
  spec.split(' ').map((option) => {
    const letters = option.replace(/[\d.]+$/, '');
    return [letters === '-' ? '' : letters, Number(option.slice(letters.length) || 0)];
  });

type Rule = readonly [pattern: RegExp, options: readonly Option[]];

const consonant = "[b-df-hj-np-tv-z2-9']";
/** Two consonants behind a vowel: it is short then. */
const closed = `(?=${consonant.repeat(2)})(?![skgdtc]h(?:[aeiouy]|$))(?!${consonant}'(?:[aeiou]|$))`;
const rule = (pattern: string, spec: string): Rule => [new RegExp(pattern, 'y'), optionsOf(spec)];

/** The article in its writings, also grown into the letter behind it (assalam) and behind a particle (bilbareed). */
const articles: readonly Rule[] = [
  rule('^[aei]l(?=l)', 'ال ا.4'),
  rule(`^[aei]l(?=${consonant})`, 'ال عل.8'),
  rule('^[aei](?=ss|rr|tt|dd|nn|zz|shsh)', 'ال ا.3 ع.9'),
  rule(`^l[aei]l(?=${consonant})`, 'لل لال.8 ليل.8 لل'),
  rule(`^l(?=[^aeioulh'])`, 'ال ل.1 لل.9'),
  rule('^wa?ll?ah?$', 'والله ولا.2 وله.4'),
  rule(`^b[aei]?l(?=${consonant})`, 'بال بل.1'),
  rule(`^w[aei]?l(?=${consonant})`, 'وال ول.1'),
  rule(`^f[aei]?l(?=${consonant})`, 'فل فال.1'),
  rule(`^k[aei]?l(?=${consonant})`, 'كل كال.6'),
  rule(`^3[aei]?l(?=${consonant})`, 'عل عال.1'),
];

/** Short vowels are mostly unwritten; at the end of a word all are written, and `a` is most often the feminine ending. */
const vowels: readonly Rule[] = [
  rule('[ae]?iy*[ae]h?$', 'يه يا.4 ي.9 عه.9'),
  rule('ea$', 'عه.2 يه ا.8'),
  rule('2ah?$', 'ا قه.3 ه.4 اه.5'),
  rule('aah?$', 'ا اه.6 اح.6 ه.7 ي.7 عه.8 ع.8 اعه.9'),
  rule('ah$', 'ه اه.5 اح.4 ح.6 ا.8 ي1'),
  rule('ihi$', 'ه هي.1 يهي.5'),
  rule('aan$', 'ان ا.6'),
  rule('eh$', 'ه يه.2 ح.8 يح.9'),
  rule('an$', 'ان ن.3 ا.3'),
  rule('at$', 'ات ت.5 ه.6'),
  rule('(?:ay|ai|ey|ei)$', 'ي اي.3 ايه.9'),
  rule('(?:aw|au)$', 'و او.4 وا.5'),
  rule('(?:ee|ii|ie|iy)$', 'ي يه1.2'),
  rule('(?:oo|ou|uu)$', 'و وا.2'),
  rule('2a', '- ا.1 ق.3 قا.6'),
  rule('^2[ei]', 'ا ق.4 قي.6'),
  rule('^2[ou]', 'ا او.6 ق.4 قو.6'),
  rule('^2', 'ا ق.2'),
  rule('2', '- ق.3 ا.4 ي.4 و.5'),
  rule('(?<!^)a$', 'ه ا.3 ي.3 -1.2'),
  rule('(?<!^)e$', 'ه ي.2 -.8 يه.9'),
  rule('(?<!^)i$', 'ي -1.2'),
  rule('(?<!^)[ou]$', 'و وا.2 ه.5 -1.2'),
  rule('^aa', 'ا عا.6 اع.7'),
  rule('^(?:ai|ay|ei|ey|ee)', 'اي عي.6 عاي.7 ا.8'),
  rule('^(?:au|aw|ou|oo)', 'او عو.6 ا.8'),
  rule('^[aei](?=(?:[srtdnz]|sh)[aeiou])', 'ا ع.6 ال.8 عا.9'),
  rule('^a', 'ا ع.6 عا.9'),
  rule('^[ei]', 'ا ع.6 اي.9'),
  rule('^[ou]', 'ا او.5 ع.6 عو.8'),
  rule('aa', 'ا ع1 عا1 -1.4'),
  rule('iyy?', 'ي'),
  rule('ay(?:yi?|ye|i)', 'ي اي.4 يي.9'),
  rule('aww', 'و او.4 وو.9'),
  rule('(?:ee|ii|ei|ie|ey)', 'ي -1.1 اي1.2'),
  rule('a[iy]', 'ي اي.3 ا1.2 اعي1.3'),
  rule('(?:oo|ou|uu)', 'و وو.9 -1.1'),
  rule('a[uw]', 'و او.4 وو1'),
  rule('ia', 'يا ي.4 ا.8 يع1'),
  rule('(?:io|iu|eo)', 'يو و.6 ي.8'),
  rule('(?:ua|oa)', 'وا و.5 عا.6 ا.8'),
  rule('ea', 'ي.3 ا.3 يا.6 عا.6'),
  rule('(?<=^m|^[aei]lm)[uo]', '- و.6'),
  rule(`a${closed}`, '- ا.7 ع1.1'),
  rule(`[ei]${closed}`, '- ي.8'),
  rule(`[ou]${closed}`, '- و.6'),
  rule(`(?<=[aeiou].*)a(?=(?:[skgdtc]h|${consonant}'?)$)`, 'ا -.05 ع1.1'),
  rule('a', '- ا.2 ع1.1'),
  rule('[ei]', '- ي.2'),
  rule('[ou]', '- و.2'),
];

const consonants: Record<string, string> = {
  tch: 'تش',
  tsh: 'تش',
  sh: 'ش',
  ch: 'ش.1 تش.5 ك.7 ج.8',
  kh: 'خ',
  gh: 'غ',
  dh: 'ذ ظ.2 ض.2',
  th: 'ث ذ.1 ظ.3 ض.6',
  zh: 'ز ج.3',
  ph: 'ف',
  ck: 'ك',
  "3'": 'غ',
  "5'": 'خ',
  "6'": 'ظ',
  "7'": 'خ',
  "9'": 'ض',
  "'": '- ع.3 ا.5',
  '3': 'ع',
  '4': 'ش ذ.3',
  '5': 'خ',
  '6': 'ط',
  '7': 'ح',
  '8': 'ق غ.4',
  '9': 'ص ق.4 ض.5',
  b: 'ب',
  c: 'ك س.4',
  d: 'د ض.3 ذ.4 ظ.9',
  f: 'ف',
  g: 'ق ج.05 غ.4 ك.8',
  h: 'ه ح.15',
  j: 'ج',
  k: 'ك ق.6',
  l: 'ل',
  m: 'م',
  n: 'ن',
  p: 'ب',
  q: 'ق',
  r: 'ر',
  s: 'س ص.35 ث.8',
  t: 'ت ط.35 ث.9',
  v: 'ف',
  w: 'و',
  x: 'كس',
  y: 'ي',
  z: 'ز ذ.4 ظ.5',
};

/** A doubled letter is one with a shadda; that both are written out is rare. */
const doubled = (options: readonly Option[]): Option[] => [
  ...options,
  ...options.map(([letters, cost]): Option => [letters + letters, cost + 0.7]),
];

const longestFirst = Object.entries(consonants).sort((one, other) => other[0].length - one[0].length);
const consonantRules = longestFirst.flatMap(([sound, spec]): Rule[] => {
  const [pattern, options] = rule(sound, spec);
  return [
    [new RegExp(sound + sound, 'y'), doubled(options)],
    [pattern, options],
  ];
});
const rules: readonly Rule[] = [...articles, ...vowels, ...consonantRules];

const most = 24;
/** Readings kept while a word is read: more than are given, since a sound further on may turn the order. */
const kept = 64;
const longest = 24;

/** Latin letters with the digits that stand for Arabic sounds; not a number with its unit or ordinal ending (5th, 3pm). */
const couldBeArabic = (word: string): boolean =>
  word.length <= longest &&
  /^[a-z2-9']+$/.test(word) &&
  /[a-z]/.test(word) &&
  !/\d{3}|[aeiou]{4}|[^aeiouy]{8}/.test(word) &&
  !/^\d+(?:st|nd|rd|th|am|pm|d|g|x|k|m|gb|mb|kg|hrs?|mins?|days?|weeks?|years?)$/.test(word);

/** The rule that reads what stands at a place, and where it ends. */
const ruleAt = (word: string, at: number): { options: readonly Option[]; end: number } | null => {
  for (const [pattern, options] of rules) {
    pattern.lastIndex = at;
    if (pattern.test(word)) return { options, end: pattern.lastIndex };
  }
  return null;
};

type Reading = [spelled: string, cost: number];

/** Every reading so far with every option, each spelling once at its least cost, the likeliest `kept` of them. */
const extend = (readings: readonly Reading[], options: readonly Option[]): Reading[] => {
  const cheapest = new Map<string, number>();
  for (const [spelled, cost] of readings)
    for (const [letters, more] of options) {
      const known = cheapest.get(spelled + letters);
      if (known === undefined || cost + more < known) cheapest.set(spelled + letters, cost + more);
    }
  return [...cheapest].sort((one, other) => one[1] - other[1]).slice(0, kept);
};

/**
 * The likely Arabic spellings of a folded Latin word as people write Arabic in Latin letters ("3ayez", "fatoora",
 * "assalam"): folded as by `fold`, likeliest first, at most 24, each once. Empty for what cannot be Arabic. Most of the
 * spellings are no words: whoever asks takes the first that is known.
 */
export function fromArabizi(word: string): string[] {
  if (!couldBeArabic(word)) return [];
  let readings: Reading[] = [['', 0]];
  for (let at = 0; at < word.length; ) {
    const found = ruleAt(word, at);
    if (!found) return [];
    readings = extend(readings, found.options);
    at = found.end;
  }
  return readings
    .map(([spelled]) => spelled)
    .filter((spelled) => spelled.length > 1)
    .slice(0, most);
}

/** Consonants that writers in Latin letters do not keep apart are one; what they often leave out is none. */
const soundOf: Record<string, string> = Object.fromEntries(
  Object.entries({
    b: 'بp',
    t: 'تط6',
    s: 'سص9',
    d: 'دضذظزثz',
    k: 'كقجغgjqc8',
    4: 'ش4',
    5: 'خ5',
    h: 'هح7',
    f: 'فv',
    r: 'ر',
    l: 'ل',
    m: 'م',
    n: 'ن',
  }).flatMap(([sound, letters]) => [...letters, sound].map((one) => [one, sound])),
);

const latinSounds: readonly [RegExp, string][] = [
  [/tch|tsh/g, 'تش'],
  [/sh|ch/g, 'ش'],
  [/kh|7'|5'/g, 'خ'],
  [/gh|3'/g, 'غ'],
  [/dh|th|6'|9'|zh/g, 'ذ'],
  [/ph/g, 'ف'],
  [/x/g, 'كس'],
];

const withoutArticle = (word: string): string =>
  word.replace(/^ال(?=.{2})/, '').replace(new RegExp(`^(?:[aei]l(?=${consonant})|l(?=[^aeioulh']))`), '');

/**
 * The consonants that an Arabic folded word and its spellings in Latin letters share, so that known words can be looked
 * up by it: without article, vowels, و ي ع ء and a last ه or ح, letters that Latin writers confuse as one, doubled ones
 * once. Words of vowels alone have an empty one. Tanween (shukran) and ق written 2 keep it from agreeing.
 */
export function skeleton(word: string): string {
  const sounds = latinSounds.reduce((text, [pattern, letters]) => text.replace(pattern, letters), withoutArticle(word));
  return [...sounds]
    .map((letter) => soundOf[letter] ?? '')
    .join('')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=.)h$/, '');
}
