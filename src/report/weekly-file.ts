import type { CellObject, Row, Sheet } from 'write-excel-file/node';
import { cleanText } from '../language/clean.ts';
import type { Language } from '../language/language.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { dayAfter, dayAt } from './office.ts';
import type { Weekly } from './weekly.ts';
import { type WeeklyWords, weeklyWords } from './weekly-words.ts';

export const weeklyFileType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** How the file of a department's week is called; small letters and digits, so that every mail program takes it. */
export const weeklyFileName = ({ row, to }: Weekly): string =>
  `weekly-${row.departmentId.replace(/[^a-z0-9-]/g, '')}-${to}.xlsx`;

/** What the file is written by. */
export interface Writing {
  organisation: Pick<OrganisationSnapshot, 'services' | 'organisation'>;
  timeZone: string;
  /** The names of agents by id. */
  names: ReadonlyMap<string, string>;
}

interface Page extends Writing {
  language: Language;
  words: WeeklyWords;
  nowMs: number;
}

const headColor = '#DCE6EF';
const bold = (value: string | number): CellObject => ({ value, fontWeight: 'bold' });
const head = (value: string): CellObject => ({ ...bold(value), backgroundColor: headColor, wrap: true });
/** A day stands as it is written, so that no program reads it as another. */
const text = (value: string): CellObject => ({ value: cleanText(value), type: String });

const dayOf = ({ timeZone }: Page, at: string | null): string => (at === null ? '' : dayAt(timeZone, Date.parse(at)));

const serviceOf = ({ organisation, language }: Page, { service }: Ticket): string =>
  organisation.services.find(({ id }) => id === service)?.name[language] ?? '';

function ticketRow(page: Page, one: Ticket): Row {
  const { words, names, nowMs } = page;
  const isOver = one.closedAt !== null;
  const due = one.dueAt.resolution;
  const isLate = due !== null && Date.parse(due) < (one.resolvedAt === null ? nowMs : Date.parse(one.resolvedAt));
  const who = one.assigneeId === null ? '' : (names.get(one.assigneeId) ?? '');
  return [
    text(one.number),
    text(words.types[one.type]),
    text(serviceOf(page, one)),
    text(words.statuses[one.status]),
    text(dayOf(page, one.openedAt)),
    text(dayOf(page, due)),
    text(isLate ? words.late : ''),
    text(who || (isOver ? '' : words.unassigned)),
  ];
}

/** The figures in the words of TK-01, the sum last and in bold. */
function figureRows({ words }: Page, { row }: Weekly): Row[] {
  const line = (name: 'open' | 'onHold' | 'inProgress' | 'closed'): Row => [text(words.standings[name]), row[name]];
  return [
    [head(words.standing), head(words.count)],
    line('open'),
    line('onHold'),
    line('inProgress'),
    line('closed'),
    [bold(words.standings.total), bold(row.total)],
    [text(words.standings.received), row.received],
  ];
}

function ticketRows(page: Page, { row, open, closed }: Weekly): Row[] {
  const { words } = page;
  const { number, type, service, status, openedOn, dueOn, late, assignee } = words.columns;
  const listed = [...open, ...closed];
  const left = row.total - listed.length;
  return [
    [bold(words.tickets)],
    [number, type, service, status, openedOn, dueOn, late, assignee].map(head),
    ...listed.map((one) => ticketRow(page, one)),
    ...(row.total === 0 ? [[text(words.none)]] : []),
    ...(left > 0 ? [[text(words.more(left))]] : []),
  ];
}

const lastDayOf = ({ to }: Weekly): string => dayAfter(to, -1);

function mainSheet(page: Page, weekly: Weekly): Sheet<never> {
  const { words, language, organisation } = page;
  const { row, from, madeAt } = weekly;
  return {
    sheet: words.sheet,
    rightToLeft: language === 'ar',
    columns: [20, 18, 30, 24, 16, 16, 12, 26].map((width) => ({ width })),
    data: [
      [bold(`${words.title} - ${row.name[language]}`)],
      [text(organisation.organisation.name[language])],
      [text(words.period), text(from), text(lastDayOf(weekly))],
      [text(words.madeAt), text(dayOf(page, madeAt))],
      [],
      ...figureRows(page, weekly),
      [],
      ...ticketRows(page, weekly),
    ],
  };
}

function stockSheet(page: Page, stock: readonly Ticket[]): Sheet<never> {
  const { words, language } = page;
  const { number, service, item, since, supplyOn } = words.columns;
  return {
    sheet: words.stockSheet,
    rightToLeft: language === 'ar',
    columns: [20, 30, 40, 16, 16].map((width) => ({ width })),
    stickyRowsCount: 1,
    data: [
      [number, service, item, since, supplyOn].map(head),
      ...stock.map((one) => [
        text(one.number),
        text(serviceOf(page, one)),
        text(one.stock?.item ?? ''),
        text(dayOf(page, one.stock?.since ?? null)),
        text(one.stock?.supplyOn ?? words.unknownDate),
      ]),
    ],
  };
}

/**
 * A department's week as an .xlsx (1.11): its figures and tickets, and on a second sheet what lacks stock (TK-08), from
 * right to left in Arabic. It goes by mail, so it tells nothing of the person and not what they wrote.
 */
export async function writeWeeklyFile(weekly: Weekly, language: Language, writing: Writing): Promise<Buffer> {
  // loaded only where a file is made
  const { default: write } = await import('write-excel-file/node');
  const page: Page = { ...writing, language, words: weeklyWords[language], nowMs: Date.parse(weekly.madeAt) };
  const sheets = [mainSheet(page, weekly)];
  if (weekly.stock.length > 0) sheets.push(stockSheet(page, weekly.stock));
  return write(sheets).toBuffer();
}
