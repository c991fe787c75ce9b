import type { Template as Compiled, Liquid } from 'liquidjs';
import { z } from 'zod';
import type { Language } from '../language/language.ts';
import { filters } from './filters.ts';
import { guardedLiquid } from './guarded-liquid.ts';

export const template = z.object({
  id: z.string().min(1),
  /** What it belongs to: its own name, or that of the file of short words that it stands in. */
  group: z.string().min(1),
  /** Liquid source by `<language>` or `<language>.<form>`, such as `ar` and `ar.letter`. */
  texts: z.record(
    z.string().regex(/^(ar|en)(\.(chat|letter|brief))?$/, 'ar or en, with .chat, .letter or .brief'),
    z.string(),
  ),
});
/** A text that Wasl says, by language and channel form; edited without code. */
export type Template = z.infer<typeof template>;

/** `brief`: for media where each message costs, or everybody reads it. */
export type Form = 'chat' | 'letter' | 'brief';

/** A rendered text: ready to send, with numbers and links isolated against bidirectional reordering. */
export type Render = (key: string, language: Language, values?: Record<string, unknown>, form?: Form) => string;

const arabic = /\p{Script=Arabic}/u;
const latinOrDigit = /[A-Za-z0-9]/;

/** Wraps a value in directional isolates (U+2068, U+2069) where it could be reordered inside the text's language. */
export function isolateIn(language: Language, value: string): string {
  const foreign = language === 'ar' ? latinOrDigit.test(value) : arabic.test(value);
  return foreign && !value.includes('\u2068') ? `\u2068${value}\u2069` : value;
}

/** In the brief form each sign counts: digits alone keep their order by themselves. */
const isolateBriefly = (language: Language, value: string): string =>
  /^\d+$/.test(value) ? value : isolateIn(language, value);

const engineFor = (language: Language, timeZone: string, isolate = isolateIn): Liquid => {
  const engine = guardedLiquid({
    strictVariables: true,
    ownPropertyOnly: true,
    jsTruthy: true,
    outputEscape: (value: unknown) => isolate(language, String(value ?? '')),
  });
  for (const [name, filter] of Object.entries(filters(language, timeZone))) engine.registerFilter(name, filter);
  return engine;
};

const tidy = (text: string): string =>
  text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/**
 * Makes a renderer of the given templates. A missing key or variable, or a text that takes more than a text may, throws
 * an error that names the template; a form without its own text uses the language's.
 */
export function createRender(all: readonly Template[], timeZone: string): Render {
  const engines = { ar: engineFor('ar', timeZone), en: engineFor('en', timeZone) };
  const brief = {
    ar: engineFor('ar', timeZone, isolateBriefly),
    en: engineFor('en', timeZone, isolateBriefly),
  };
  const engineOf = (language: Language, form: Form): Liquid => (form === 'brief' ? brief : engines)[language];
  const sources = new Map(all.map((one) => [one.id, one.texts]));
  const compiled = new Map<string, Compiled[]>();
  const compile = (key: string, language: Language, form: Form): Compiled[] => {
    const name = `${key}.${language}.${form}`;
    const known = compiled.get(name);
    if (known) return known;
    const source = sources.get(key)?.[`${language}.${form}`] ?? sources.get(key)?.[language];
    if (source === undefined) throw new Error(`template "${key}" has no text in "${language}": add it to templates/`);
    const parsed = engineOf(language, form).parse(source, name);
    compiled.set(name, parsed);
    return parsed;
  };
  return (key, language, values = {}, form = 'chat') =>
    tidy(String(engineOf(language, form).renderSync(compile(key, language, form), { lang: language, ...values })));
}
