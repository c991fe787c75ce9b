import { closingKind } from './closings.ts';
import type { Line } from './lines.ts';
import { isDeviceLine, isListFooter, isNotice } from './notices.ts';
import { isRule } from './separators.ts';
import { isAnswer, isCardLine, isContact, isNameLine } from './signature-lines.ts';

/** Finds where what ends at `end` (exclusive, after a line that is not blank) begins; `end` itself where nothing does. */
type Step = (lines: readonly Line[], end: number) => number;

const mostLines = 14;

const isDelimiter = (line: Line): boolean => /^--$/.test(line.plain);

/** From the last line upwards, at most so many lines that are not blank. */
const upwards = (lines: readonly Line[], end: number, most: number): number[] => {
  const places: number[] = [];
  for (let at = end - 1; at >= 0 && places.length < most; at -= 1) if (!lines[at]?.blank) places.push(at);
  return places;
};

const between = (lines: readonly Line[], from: number, end: number): Line[] =>
  lines.slice(from, end).filter((line) => !line.blank);

const beforeNotice: Step = (lines, end) => {
  let from = end;
  while (from > 0 && !lines[from - 1]?.blank && end - from < 60) from -= 1;
  const paragraph = between(lines, from, end)
    .map((line) => line.plain)
    .join(' ');
  return isNotice(paragraph) ? from : end;
};

const beforeDevice: Step = (lines, end) => (isDeviceLine(lines[end - 1]?.plain ?? '') ? end - 1 : end);

const beforeRule: Step = (lines, end) => (isRule(lines[end - 1]?.plain ?? '') ? end - 1 : end);

const beforeFooter: Step = (lines, end) => {
  const rule = upwards(lines, end, 7).find((at) => isRule(lines[at]?.plain ?? ''));
  if (rule === undefined) return end;
  const text = between(lines, rule, end)
    .map((line) => line.plain)
    .join(' ');
  return isListFooter(text) ? rule : end;
};

const asks = /[?؟]$/;

/** Below `-- ` stands the signature, whatever it says, unless it goes on too long or asks something. */
const beforeDelimiter: Step = (lines, end) => {
  const places = upwards(lines, end, mostLines);
  const at = places.find((place) => lines[place] && isDelimiter(lines[place]));
  if (at !== undefined) return between(lines, at, end).some((line) => asks.test(line.plain)) ? end : at;
  const rule = places.find((place) => isRule(lines[place]?.plain ?? ''));
  if (rule === undefined) return end;
  const card = between(lines, rule + 1, end);
  return card.every((line) => isCardLine(line) && !isAnswer(line.plain)) && card.some((line) => isContact(line.plain))
    ? rule
    : end;
};

const beforeClosing: Step = (lines, end) => {
  for (const at of upwards(lines, end, mostLines)) {
    const line = lines[at];
    const kind = line ? closingKind(line.plain) : null;
    if (kind === 'pure') return at;
    const [first] = between(lines, at + 1, end);
    if (kind === 'thanks') return first && isNameLine(first) ? at + 1 : end;
    if (!line || !isCardLine(line) || isAnswer(line.plain)) return end;
  }
  return end;
};

/** A block of contacts without a closing, parted from the words above it. */
const beforeContacts: Step = (lines, end) => {
  let from = end;
  while (from > 0 && end - from <= mostLines && !lines[from - 1]?.blank) from -= 1;
  const card = lines.slice(from, end);
  if (from === 0 || card.length < 3 || card.length > 10) return end;
  const contacts = card.filter((line) => isContact(line.plain)).length;
  const fits = card.every((line) => isCardLine(line) && !isAnswer(line.plain));
  return fits && contacts >= 2 && contacts < card.length ? from : end;
};

/** "-Sara Ahmed" */
const beforeDashedName: Step = (lines, end) => {
  const line = lines[end - 1];
  const dashed = /^[-–—~] ?\p{Lu}[\p{Ll}.]+(?: \p{Lu}[\p{L}.]*){0,2}$/u.test(line?.plain ?? '');
  const above = upwards(lines, end, 2)[1];
  const isList = above !== undefined && /^[-–—~*•]/.test(lines[above]?.plain ?? '');
  return dashed && lines[end - 2]?.blank && above !== undefined && !isList ? end - 1 : end;
};

const steps: readonly Step[] = [
  beforeNotice,
  beforeDevice,
  beforeFooter,
  beforeRule,
  beforeDelimiter,
  beforeClosing,
  beforeDashedName,
  beforeContacts,
];

const lastWritten = (lines: readonly Line[], end: number): number => {
  let last = end;
  while (last > 0 && lines[last - 1]?.blank) last -= 1;
  return last;
};

const mostRounds = 30;

/** Where the signature begins that ends a stretch of lines: devices, notices, cards, closings; the number of lines where none does. */
export const signatureStart = (lines: readonly Line[]): number => {
  const whole = lastWritten(lines, lines.length);
  let end = whole;
  for (let round = 0; round < mostRounds && end > 0; round += 1) {
    const here = end;
    const from = steps.map((step) => step(lines, here)).find((one) => one < here);
    if (from === undefined) break;
    end = lastWritten(lines, from);
  }
  return end === whole ? lines.length : end;
};
