import { attributionEnd, type Signs } from './attribution.ts';
import { headerBlockEnd } from './header-block.ts';
import { type Line, skipBlank } from './lines.ts';
import { isRule, separatorKind } from './separators.ts';

/** A mail without what it quotes. */
export interface Parted {
  /** What the person wrote: one stretch, or several where quotes stand between. */
  stretches: Line[][];
  /** Everything from an unmarked quote on, to the end of the mail. */
  below: Line[];
  /** What is quoted was handed on, not answered. */
  handedOn: boolean;
}

interface Start {
  /** The place after the line or lines that announce the quote. */
  end: number;
  handedOn: boolean;
}

const announcedAt = (lines: readonly Line[], at: number, signs: Signs): Start | null => {
  const line = lines[at];
  const separator = line ? separatorKind(line) : null;
  if (separator === null) return null;
  const next = skipBlank(lines, at + 1);
  const end = headerBlockEnd(lines, next, true) ?? attributionEnd(lines, next, signs);
  if (end === null && !signs.isReply && separator === 'original' && !lines[next]?.quoted) return null;
  return { end: end ?? at + 1, handedOn: separator === 'forwarded' || !signs.isReply };
};

const startAt = (lines: readonly Line[], at: number, signs: Signs): Start | null => {
  const line = lines[at];
  if (!line || line.blank) return null;
  const announced = announcedAt(lines, at, signs);
  if (announced) return announced;
  const head = headerBlockEnd(lines, at, false);
  if (head !== null) return { end: head, handedOn: !signs.isReply };
  const attribution = attributionEnd(lines, at, signs);
  return attribution === null ? null : { end: attribution, handedOn: false };
};

/** A rule right above a quote belongs to it. */
const withoutRule = (stretch: Line[]): Line[] => {
  const last = stretch.findLastIndex((line) => !line.blank);
  return last >= 0 && isRule(stretch[last]?.plain ?? '') ? stretch.slice(0, last) : stretch;
};

/** Nobody writes more lines; in a longer mail only marked quotes are looked for from here on. */
const mostSearched = 20_000;

/** Opens another stretch where something stands in the last one. */
const openNext = (stretches: Line[][]): void => {
  if (stretches.at(-1)?.some((line) => !line.blank)) stretches.push([]);
};

interface Walk {
  stretches: Line[][];
  announced: boolean;
  handedOn: boolean;
}

const keep = (walk: Walk, line: Line): void => {
  if (line.quoted && walk.announced) openNext(walk.stretches);
  else walk.stretches.at(-1)?.push(line);
};

/** Notes a quote that begins here; the place where the walk goes on, null where nothing marks the quote and it has no end. */
const enter = (walk: Walk, lines: readonly Line[], start: Start): number | null => {
  walk.announced = true;
  walk.handedOn ||= start.handedOn;
  walk.stretches.push(withoutRule(walk.stretches.pop() ?? []));
  const next = skipBlank(lines, start.end);
  return lines[next]?.quoted ? next : null;
};

/** Parts what the person wrote from what is quoted. Marked quotes (`>`) are taken out wherever they stand, others go on to the end. */
export const partQuotes = (lines: readonly Line[], signs: Signs): Parted => {
  const walk: Walk = { stretches: [[]], announced: signs.isReply, handedOn: false };
  let at = 0;
  for (let line = lines[at]; line !== undefined; line = lines[at]) {
    const start = line.quoted || at > mostSearched ? null : startAt(lines, at, signs);
    const next = start ? enter(walk, lines, start) : at + 1;
    if (next === null) return { ...walk, below: lines.slice(at) };
    if (!start) keep(walk, line);
    at = next;
  }
  return { ...walk, below: [] };
};
