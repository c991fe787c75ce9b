import { tokens } from './fold.ts';

/**
 * Phrases as editors write them: words, `(a|b)` a choice, `(a|b)?` one that may be left out, `<name>` a named list,
 * and at the end `...` for "and whatever follows". Compared word by word in folded form.
 */
export type PhraseLists = Readonly<Record<string, readonly string[]>>;

interface Part {
  /** The choices, each a row of words. */
  choices: string[][];
  optional: boolean;
}

interface State {
  next: Map<string, State[]>;
  /** What is recognised when the words end here. */
  labels: Set<string>;
  /** What is recognised here whatever follows. */
  open: Set<string>;
  /** Of a first state: whether particles may be attached to the first word. */
  loose?: boolean;
}

const state = (): State => ({ next: new Map(), labels: new Set(), open: new Set() });

const step = /\(([^)]*)\)(\??)|<([\w-]+)>(\??)|\.\.\.|[^\s()<>]+/g;

const choicesOf = (written: readonly string[]): string[][] =>
  written.map((one) => tokens(one)).filter((words) => words.length > 0);

const listNamed = (lists: PhraseLists, name: string): readonly string[] => {
  const list = lists[name];
  if (list === undefined) throw new Error(`The phrase list <${name}> does not exist.`);
  return list;
};

const partsOf = (phrase: string, lists: PhraseLists): { parts: Part[]; open: boolean } => {
  const parts: Part[] = [];
  let open = false;
  for (const match of phrase.matchAll(step)) {
    const [all, group, mayMiss, name, listMayMiss] = match;
    if (all === '...') open = true;
    else if (name !== undefined)
      parts.push({ choices: choicesOf(listNamed(lists, name)), optional: listMayMiss === '?' });
    else parts.push({ choices: choicesOf((group ?? all).split('|')), optional: mayMiss === '?' });
  }
  return { parts: parts.filter((part) => part.choices.length > 0), open };
};

const link = (from: State, word: string, to: State): void => {
  const known = from.next.get(word);
  if (known === undefined) from.next.set(word, [to]);
  else known.push(to);
};

const layPath = (from: State, words: string[], to: State): void => {
  let at = from;
  for (const word of words.slice(0, -1)) {
    const between = state();
    link(at, word, between);
    at = between;
  }
  link(at, words.at(-1) ?? '', to);
};

const addPhrase = (root: State, phrase: string, label: string, lists: PhraseLists): void => {
  const { parts, open } = partsOf(phrase, lists);
  let ends = [root];
  for (const part of parts) {
    const joint = state();
    for (const from of ends) for (const words of part.choices) layPath(from, words, joint);
    ends = part.optional ? [...ends, joint] : [joint];
  }
  for (const end of ends) if (end !== root) (open ? end.open : end.labels).add(label);
};

/** A phrase found: its label and which words it covers, `end` exclusive. */
export interface PhraseMatch {
  label: string;
  start: number;
  end: number;
}

export interface Phrases {
  /** Every phrase that stands anywhere in the words; of one label only the longest at each place. */
  find(words: readonly string[]): PhraseMatch[];
  /** The label of a phrase that the words are from first to last, else null. */
  whole(words: readonly string[]): string | null;
  /** Whether the words begin with a phrase. */
  begins(words: readonly string[]): boolean;
}

const follow = (states: readonly State[], word: string): State[] => states.flatMap((one) => one.next.get(word) ?? []);

/** What may be attached to the first word of a phrase: an "and" always, other particles where the phrase allows it. */
const attachedAnd = /^و(?=...)/;
const attachedAny = /^(?:و|ف)?(?:ال|بال|لل|كال|ب|ل)?(?=...)/;

const followFirst = (root: State, word: string): State[] => {
  const direct = root.next.get(word);
  if (direct !== undefined) return direct;
  const bare = word.replace(root.loose ? attachedAny : attachedAnd, '');
  return bare === word ? [] : (root.next.get(bare) ?? []);
};

const longestAt = (root: State, words: readonly string[], start: number): Map<string, number> => {
  const ends = new Map<string, number>();
  let states = followFirst(root, words[start] ?? '');
  for (let at = start + 1; states.length > 0; at += 1) {
    for (const one of states) for (const label of [...one.labels, ...one.open]) ends.set(label, at);
    states = at < words.length ? follow(states, words[at] ?? '') : [];
  }
  return ends;
};

const findPhrases = (root: State, words: readonly string[]): PhraseMatch[] => {
  const found: PhraseMatch[] = [];
  for (let start = 0; start < words.length; start += 1) {
    for (const [label, end] of longestAt(root, words, start)) found.push({ label, start, end });
  }
  return found;
};

/** How many words may follow a phrase that is open at its end. */
const mostFollowing = 10;

const firstOf = (states: readonly State[], kind: 'labels' | 'open'): string | null => {
  for (const one of states) for (const label of one[kind]) return label;
  return null;
};

const matchWhole = (root: State, words: readonly string[]): string | null => {
  let states = followFirst(root, words[0] ?? '');
  let opened: string | null = null;
  for (let at = 1; states.length > 0; at += 1) {
    if (words.length - at <= mostFollowing) opened ??= firstOf(states, 'open');
    if (at >= words.length) return firstOf(states, 'labels') ?? opened;
    states = follow(states, words[at] ?? '');
  }
  return opened;
};

export interface PhraseOptions {
  /** The named lists that phrases refer to. */
  lists?: PhraseLists;
  /** Particles (ال ب ل and their like) may be attached to a phrase's first word: للتحرش counts as تحرش. */
  loose?: boolean;
}

/** Phrases of several labels compiled once, to be looked up in folded words. Throws where a named list is missing. */
export const compilePhrases = (byLabel: PhraseLists, { lists = {}, loose = false }: PhraseOptions = {}): Phrases => {
  const root: State = { ...state(), loose };
  for (const [label, phrases] of Object.entries(byLabel)) {
    for (const phrase of phrases) addPhrase(root, phrase, label, lists);
  }
  return {
    find: (words) => findPhrases(root, words),
    whole: (words) => matchWhole(root, words),
    begins: (words) => longestAt(root, words, 0).size > 0,
  };
};
