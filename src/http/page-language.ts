import type { Request } from 'express';
import { type Language, languages } from '../language/language.ts';

/** The language of a tag such as `en-US`, in capitals or not (RFC 5646, section 2.1.1). */
const languageOfTag = (tag: unknown): Language | undefined =>
  typeof tag === 'string' ? languages.find((one) => one === tag.toLowerCase().split(/[-_]/)[0]) : undefined;

/** The language that is asked for in the address of a page, else the one that belongs to what it shows. */
export const askedLanguage = (request: Request, otherwise: Language): Language =>
  languageOfTag(request.query.lang) ?? otherwise;

/** The language of a page: asked for in the address, else the browser's wish, else the organisation's own. */
export function languageOf(request: Request, byDefault: Language): Language {
  const asked = languageOfTag(request.query.lang);
  if (asked) return asked;
  if (!request.headers['accept-language']) return byDefault;
  return languages.find((language) => language === request.acceptsLanguages([byDefault, ...languages])) ?? byDefault;
}
