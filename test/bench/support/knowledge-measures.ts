/** What was said to one question. */
export interface Said {
  /** At most three, best first. */
  labels: string[];
  /** Of the best, 0 to 1 where it is meant as a share. */
  confidence: number;
  /** Whether it would be told as the answer; null where nothing decides that. */
  answered: boolean | null;
  ms: number;
}

/** What was said to a question, and what answers it: null where nothing does. */
export interface Case extends Said {
  label: string | null;
}

const share = <T>(all: readonly T[], holds: (one: T) => boolean): number => all.filter(holds).length / all.length;

/** Null where there are none to share in. */
const shareOfAny = <T>(all: readonly T[], holds: (one: T) => boolean): number | null =>
  all.length === 0 ? null : share(all, holds);

export const isRight = ({ label, labels }: Case): boolean => label !== null && labels[0] === label;

/** How often one that should be higher is higher than one that should be lower; ties count half. */
export const areaUnder = (high: readonly number[], low: readonly number[]): number => {
  const all = [...high.map((value) => ({ value, high: true })), ...low.map((value) => ({ value, high: false }))];
  all.sort((one, other) => one.value - other.value);
  let [sum, below] = [0, 0];
  for (let at = 0; at < all.length; ) {
    const same = all.filter(({ value }, place) => place >= at && value === all[at]?.value);
    const highs = same.filter((one) => one.high).length;
    const lows = same.length - highs;
    sum += highs * (below + lows / 2);
    below += lows;
    at += same.length;
  }
  return sum / (high.length * low.length);
};

const bins = 10;

/** How far stated confidence is from the share of right ones, over ten bins of equal width, by how many are in each. */
export const calibrationError = (cases: readonly Case[]): number => {
  const binOf = ({ confidence }: Case): number => Math.min(bins - 1, Math.floor(confidence * bins));
  let sum = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const some = cases.filter((one) => binOf(one) === bin);
    if (some.length === 0) continue;
    const stated = some.reduce((total, { confidence }) => total + confidence, 0);
    sum += Math.abs(stated - some.filter(isRight).length);
  }
  return sum / cases.length;
};

/** Share of the outside ones below the confidence that 95 % of the inside ones reach. */
const found = (inside: readonly number[], outside: readonly number[]): number => {
  const least = inside.toSorted((one, other) => one - other)[Math.floor(inside.length * 0.05)] ?? 0;
  return share(outside, (confidence) => confidence < least);
};

/** Figures of one judging; null where they do not apply. */
export interface Figures {
  right: number;
  amongThree: number;
  /** How well confidence tells right ones from wrong ones, inside. */
  knows: number;
  /** How well confidence tells inside from outside. */
  abstains: number | null;
  outsideFound: number | null;
  error: number | null;
  mixedError: number | null;
  answered: number | null;
  rightOfAnswered: number | null;
  outsideAnswered: number | null;
  /** Of all answers, to outside ones too. */
  rightOfAllAnswered: number | null;
}

const confidencesOf = (cases: readonly Case[]): number[] => cases.map(({ confidence }) => confidence);

const outsideFigures = (inside: readonly Case[], outside: readonly Case[]) => {
  if (outside.length === 0) return { abstains: null, outsideFound: null };
  const [high, low] = [confidencesOf(inside), confidencesOf(outside)];
  return { abstains: areaUnder(high, low), outsideFound: found(high, low) };
};

const answerFigures = (inside: readonly Case[], outside: readonly Case[]) => {
  const answered = inside.filter((one) => one.answered);
  const wrongly = outside.filter((one) => one.answered);
  const decides = inside.some((one) => one.answered !== null);
  const hasOutside = decides && outside.length > 0;
  return {
    answered: decides ? answered.length / inside.length : null,
    rightOfAnswered: decides ? shareOfAny(answered, isRight) : null,
    outsideAnswered: hasOutside ? wrongly.length / outside.length : null,
    rightOfAllAnswered: hasOutside ? shareOfAny([...answered, ...wrongly], isRight) : null,
  };
};

/** Judges what was said. `stated`: confidence is meant as a share. */
export const figuresOf = (cases: readonly Case[], stated: boolean): Figures => {
  const inside = cases.filter(({ label }) => label !== null);
  const outside = cases.filter(({ label }) => label === null);
  const [right, wrong] = [inside.filter(isRight), inside.filter((one) => !isRight(one))];
  return {
    right: right.length / inside.length,
    amongThree: share(inside, ({ label, labels }) => labels.includes(label ?? '')),
    knows: areaUnder(confidencesOf(right), confidencesOf(wrong)),
    ...outsideFigures(inside, outside),
    error: stated ? calibrationError(inside) : null,
    mixedError: stated && outside.length > 0 ? calibrationError(cases) : null,
    ...answerFigures(inside, outside),
  };
};
