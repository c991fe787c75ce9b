import type { Article } from '../api/shapes.ts';

/** An article as it stands in the form: every field on its own, nothing absent. */
export interface TypedArticle {
  status: 'draft' | 'published';
  titleAr: string;
  titleEn: string;
  bodyAr: string;
  bodyEn: string;
  phrasingsAr: string[];
  phrasingsEn: string[];
  service: string;
  departmentId: string;
  outside: boolean;
}
export type Field = keyof TypedArticle;

export const blank: TypedArticle = {
  status: 'draft',
  titleAr: '',
  titleEn: '',
  bodyAr: '',
  bodyEn: '',
  phrasingsAr: [],
  phrasingsEn: [],
  service: '',
  departmentId: '',
  outside: false,
};
export const fieldNames = Object.keys(blank) as Field[];

export const typedOf = ({ title, body, phrasings, ...one }: Article): TypedArticle => ({
  status: one.status,
  titleAr: title.ar ?? '',
  titleEn: title.en ?? '',
  bodyAr: body.ar ?? '',
  bodyEn: body.en ?? '',
  phrasingsAr: phrasings.ar ?? [],
  phrasingsEn: phrasings.en ?? [],
  service: one.service ?? '',
  departmentId: one.departmentId ?? '',
  outside: one.outside ?? false,
});

interface InTwo<T> {
  ar?: T;
  en?: T;
}
/** An article as the API takes it. */
export interface WrittenFields {
  status: TypedArticle['status'];
  title: InTwo<string>;
  body: InTwo<string>;
  phrasings: InTwo<string[]>;
  service: string | null;
  departmentId: string | null;
  outside: boolean;
}

const said = (ar: string, en: string): InTwo<string> => ({
  ...(ar.trim() ? { ar: ar.trim() } : {}),
  ...(en.trim() ? { en: en.trim() } : {}),
});

/** Phrasings without blanks around them, empty ones and repetitions. */
export const cleaned = (phrasings: readonly string[]): string[] => [
  ...new Set(phrasings.map((one) => one.trim()).filter(Boolean)),
];

export const writtenOf = (typed: TypedArticle): WrittenFields => ({
  status: typed.status,
  title: said(typed.titleAr, typed.titleEn),
  body: said(typed.bodyAr, typed.bodyEn),
  phrasings: { ar: cleaned(typed.phrasingsAr), en: cleaned(typed.phrasingsEn) },
  service: typed.service || null,
  departmentId: typed.departmentId || null,
  outside: typed.outside,
});

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether nothing would be saved. */
export const isUnchanged = (base: TypedArticle, typed: TypedArticle): boolean =>
  same(writtenOf(base), writtenOf(typed));

/** What of an article was changed, as the API takes it. */
export function changesOf(base: TypedArticle, typed: TypedArticle): Partial<WrittenFields> {
  const before = writtenOf(base);
  const entries = Object.entries(writtenOf(typed));
  return Object.fromEntries(entries.filter(([name, value]) => !same(value, before[name as keyof WrittenFields])));
}

/** A field that somebody else changed meanwhile. */
export interface Changed {
  field: Field;
  /** Both changed it, each in another way: what was typed here stands. */
  isDisputed: boolean;
}

interface Versions {
  /** What both began with. */
  base: TypedArticle;
  mine: TypedArticle;
  theirs: TypedArticle;
}

/** Lines that either took away are gone, and those that either added are there. */
function mergeLines(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const kept = mine.filter((one) => !base.includes(one) || theirs.includes(one));
  return [...kept, ...theirs.filter((one) => !base.includes(one) && !mine.includes(one))];
}

function mergeField(field: Field, { base, mine, theirs }: Versions): { value: unknown; isDisputed: boolean } {
  const [before, typed, changed] = [base[field], mine[field], theirs[field]];
  if (same(typed, before) || same(typed, changed)) return { value: changed, isDisputed: false };
  if (same(changed, before)) return { value: typed, isDisputed: false };
  if (Array.isArray(before) && Array.isArray(typed) && Array.isArray(changed))
    return { value: mergeLines(before, typed, changed), isDisputed: false };
  return { value: typed, isDisputed: true };
}

/** Puts what was typed and what somebody else saved together, and tells which fields the other changed. */
export function mergeArticles(versions: Versions): { merged: TypedArticle; changed: Changed[] } {
  const merged: Record<string, unknown> = {};
  const changed: Changed[] = [];
  for (const field of fieldNames) {
    const { value, isDisputed } = mergeField(field, versions);
    merged[field] = value;
    if (!same(versions.theirs[field], versions.base[field])) changed.push({ field, isDisputed });
  }
  return { merged: merged as unknown as TypedArticle, changed };
}
