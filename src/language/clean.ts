const opensIsolate = (code: number): boolean => code >= 0x2066 && code <= 0x2068;
const closesIsolate = 0x2069;

/** Places of isolate marks that have no partner; one such mark would turn everything that follows it. */
const unpairedIsolates = (text: string): Set<number> => {
  const unpaired = new Set<number>();
  const open: number[] = [];
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (opensIsolate(code)) open.push(place);
    else if (code === closesIsolate && open.pop() === undefined) unpaired.add(place);
  }
  for (const place of open) unpaired.add(place);
  return unpaired;
};

const balanceIsolates = (text: string): string => {
  if (!/[\u2066-\u2069]/.test(text)) return text;
  const unpaired = unpairedIsolates(text);
  return text.replace(/[\u2066-\u2069]/g, (mark, place: number) => (unpaired.has(place) ? '' : mark));
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the purpose
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufeff\ufff9-\uffff]/g;

/**
 * What may be stored and displayed of a text that came from outside: control characters (but newline and tab) and bidi
 * overrides are gone, isolates are in pairs, lone surrogates are U+FFFD, line ends are \n. Joiners stay (emoji, Arabic
 * and Persian spelling need them). Never throws; doing it twice changes nothing.
 */
export const cleanText = (text: string): string =>
  balanceIsolates(
    text
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .toWellFormed()
      .replace(controls, (control) => (control === '\ufffd' ? control : '')),
  );

/** Hangul fillers count as letters in Unicode but show nothing. */
const invisibleLetters = /[\u115f\u1160\u3164\uffa0]/g;

/** Whether a text says anything at all: has a letter or digit, not only signs, emoji or invisible characters. */
export const meaningful = (text: string): boolean => /[\p{L}\p{N}]/u.test(text.replace(invisibleLetters, ''));

/** Letters and signs by Unicode of which nothing is seen, beside blanks, control and format characters. */
const unseen = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Whether nothing of a text can be seen: empty, or only blanks, joiners, direction marks and the like. */
export const isBlank = (text: string): boolean => text.replace(unseen, '') === '';

/** Whether a text has control characters other than tab and line ends: they are of no use in words. */
export const hasControls = (text: string): boolean => /[^\P{Cc}\t\n\r]/u.test(text);
