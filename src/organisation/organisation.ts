import { z } from 'zod';
import { calendar } from '../calendar/calendar.ts';
import { bothTexts, localText } from '../language/language.ts';
import { type NoticeKind, noticeKinds } from '../notice/kinds.ts';
import { complexity, importance, ticketType } from '../ticket/types.ts';
import { casework } from './casework.ts';
import { duration } from './duration.ts';

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and hyphens');

/** A group of beneficiaries (IN-02): asked at intake, the word list helps to understand typed answers. */
export const category = z.object({
  id: slug,
  name: bothTexts,
  words: z.object({ ar: z.array(z.string()), en: z.array(z.string()) }),
});
export type Category = z.infer<typeof category>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time such as 21:00');

const told = Object.fromEntries(noticeKinds.map((kind) => [kind, z.boolean().optional()])) as Record<
  NoticeKind,
  z.ZodOptional<z.ZodBoolean>
>;

/**
 * Of what people are told without being asked (CH-03, WF-15, WF-17); what is absent they are told. `quiet`: the hours of a
 * day in which a phone does not ring for what they did not just ask; null or absent for none.
 */
export const noticeSettings = z.object({
  ...told,
  quiet: z.object({ from: clockTime, to: clockTime }).nullable().optional(),
});

/** Who the organisation is, what it tells on the contact page, and who may write (CH-23, CH-26, PR-01). */
export const organisation = z.object({
  name: bothTexts,
  unit: bothTexts,
  about: bothTexts,
  phone: z.string().optional(),
  email: z.string().optional(),
  website: z.string().optional(),
  channels: z.array(z.object({ id: slug, name: bothTexts, detail: bothTexts, link: z.string().optional() })),
  procedure: z.array(bothTexts),
  notSatisfied: bothTexts,
  privacy: z.object({ version: z.string(), notice: bothTexts }),
  categories: z.array(category),
  defaultLanguage: z.enum(['ar', 'en']),
  calendarId: slug,
  /** How the organisation is called where each letter counts; absent: by its name. */
  shortName: bothTexts.optional(),
  notices: noticeSettings.optional(),
});
export type Organisation = z.infer<typeof organisation>;

export const department = z.object({
  id: slug,
  name: bothTexts,
  email: z.string().optional(),
  careUnit: z.boolean().optional(),
  /** Its head; absent: whoever has that role in it. */
  headId: z.string().optional(),
});
export type Department = z.infer<typeof department>;

/** A service card (KN-07). `words` are everyday words that point to it, for proposing the service from a text. */
export const service = z.object({
  id: slug,
  name: bothTexts,
  departmentId: slug,
  description: bothTexts,
  requirements: z.array(bothTexts),
  steps: z.array(bothTexts),
  audience: bothTexts,
  words: z.object({ ar: z.array(z.string()), en: z.array(z.string()) }),
  importance: importance.optional(),
});
export type Service = z.infer<typeof service>;

/** What is asked before help (IN-02), in order. `channels` and `types` limit a question; both absent means always. */
export const intakeQuestion = z.object({
  field: z.enum(['name', 'entity', 'category', 'inquiry']),
  required: z.boolean(),
  channels: z.array(z.string()).optional(),
  types: z.array(ticketType).optional(),
});
export type IntakeQuestion = z.infer<typeof intakeQuestion>;
export const intake = z.object({ questions: z.array(intakeQuestion) });
export type Intake = z.infer<typeof intake>;

/** A working calendar with a name. `proposed` holidays are computed (Umm al-Qura) and do not count until confirmed (lessons 69). */
export const namedCalendar = z.object({
  id: slug,
  name: bothTexts,
  calendar,
  proposed: z.array(z.object({ date: z.string(), name: localText, confirmed: z.boolean() })).optional(),
});
export type NamedCalendar = z.infer<typeof namedCalendar>;

/**
 * One row of the SLA matrix (SL-01): absent conditions match everything. Each clock is taken from the most specific
 * matching row that gives it, of equals the first; so a row may promise one clock only.
 */
export const slaRow = z.object({
  channel: z.string().optional(),
  type: ticketType.optional(),
  complexity: complexity.optional(),
  importance: importance.optional(),
  firstResponse: duration.optional(),
  /** Until a department has it (WF-14). */
  routing: duration.optional(),
  resolution: duration.optional(),
});
export type SlaRow = z.infer<typeof slaRow>;
export const sla = z.object({ calendarId: slug, rows: z.array(slaRow).min(1) });
export type Sla = z.infer<typeof sla>;

const synonymRows = z.array(
  z.array(
    z
      .string()
      .max(200)
      .refine((word) => word.isWellFormed(), 'not well-formed Unicode'),
  ),
);

/**
 * How the knowledge bank answers. `sureness`: of the answers that it gives at least this share must be right; what is less
 * sure is offered or left to people. `synonyms`: the editors' own rows of words that mean the same, beside those that ship;
 * the first of a row is what the others are read as.
 */
export const knowledgeSetting = z.object({
  sureness: z.number().min(0.5, 'write 0.5 to 0.999, such as 0.95').max(0.999, 'write 0.5 to 0.999, such as 0.95'),
  synonyms: z.object({ ar: synonymRows, en: synonymRows }),
});
export type KnowledgeSetting = z.infer<typeof knowledgeSetting>;

/** The files of `knowledge-base/organisation/`, one schema each: what an organisation decides. */
export const organisationFiles = {
  organisation,
  departments: z.array(department),
  services: z.array(service),
  intake,
  calendars: z.array(namedCalendar),
  sla,
  knowledge: knowledgeSetting,
  casework,
} as const;
