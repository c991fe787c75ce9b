import { meaningful } from '../language/clean.ts';
import { type DetectedLanguage, detectLanguage } from '../language/detect.ts';
import { findEmails, findPhones } from '../language/extract.ts';
import { fold, type Word, wordsOf } from '../language/fold.ts';
import type { Language } from '../language/language.ts';
import { compilePhrases } from '../language/phrases.ts';
import { compileWords } from '../learning/words.ts';
import type { Category, Service } from '../organisation/organisation.ts';
import { findTicketNumbers } from '../ticket/number.ts';
import type { Importance, TicketType } from '../ticket/types.ts';
import { type PostSign, postSigns, type UnderstandingFiles } from './files.ts';
import { createCategoryFinder } from './find-category.ts';
import { type Command, createCommandFinder } from './find-command.ts';
import { createPersonaFinder, type Persona } from './find-persona.ts';
import { createServiceFinder } from './find-service.ts';
import { createTypeFinder, type TypeFound } from './find-type.ts';
import { introductions } from './introductions.ts';
import { atEdges, createPleasantryFinder, type PleasantryFound } from './pleasantries.ts';
import { cutOut, type Span, uncovered } from './text-parts.ts';
import type { Understanding } from './understanding.ts';

/** What the organisation calls things. */
export interface Vocabulary {
  categories: readonly Category[];
  services: readonly Service[];
}

/** Texts are understood by their beginning; what follows is kept with the message and read by people. */
const mostCharacters = 4000;

type Signs = UnderstandingFiles['pleasantries']['signs'];

const compile = (files: UnderstandingFiles, { categories, services }: Vocabulary) => ({
  pleasantries: createPleasantryFinder(files.pleasantries),
  command: createCommandFinder(files.commands),
  persona: createPersonaFinder(createCategoryFinder(categories, files.people)),
  service: createServiceFinder(services),
  type: createTypeFinder(files.types, compileWords(files.lists)),
  answers: compilePhrases(files['yes-no']),
  requests: compilePhrases({ ofRequest: files.commands.ofRequest }, { lists: files.commands.lists, loose: true }),
  tones: compilePhrases(files.tone, { loose: true }),
  posts: compilePhrases(files.public, { loose: true }),
  signs: files.pleasantries.signs,
  usualImportance: new Map(services.map((service) => [service.id, service.importance])),
});
type Finders = ReturnType<typeof compile>;

const foldedOutside = (words: readonly Word[], spans: readonly Span[]): string[] =>
  uncovered(words, spans).map((word) => word.folded);

const readPersona = (text: string, words: Word[], pleasantries: readonly PleasantryFound[], finders: Finders) => {
  const { name, entity, category } = finders.persona(text, words, pleasantries);
  return { name, entity, category, spans: [name, entity, category].filter((one) => one !== null) };
};

const keepsInquiry = ({ label }: PleasantryFound): boolean => label !== 'filler' && label !== 'politeness';

/** Splits a text into what is said around the matter, who says it, and the matter itself. */
const takeApart = (text: string, finders: Finders) => {
  const words = wordsOf(text);
  const pleasantries = finders.pleasantries(words);
  const kept = pleasantries.filter((one) => one.label !== 'filler');
  const persona = readPersona(text, words, pleasantries, finders);
  const around = [...atEdges(words, kept.filter(keepsInquiry)), ...introductions(text, words, persona, pleasantries)];
  return {
    text,
    words,
    pleasantries,
    persona,
    labels: new Set(kept.map((one) => one.label)),
    hasOther: uncovered(words, kept).length > 0,
    matter: foldedOutside(words, [...atEdges(words, kept), ...persona.spans]),
    tones: new Set(finders.tones.find(foldedOutside(words, kept)).map((match) => match.label)),
    restOfText: cutOut(text, around),
  };
};
type Parts = ReturnType<typeof takeApart>;

/** The ways to read a message as a command or answer, from literal to what is left without the words around it. */
const readingsOf = ({ words, pleasantries, persona }: Parts): string[][] => {
  const edge = atEdges(words, pleasantries);
  const withoutOk = edge.filter((one) => one.label !== 'ok');
  return [[], withoutOk, edge, [...pleasantries, ...persona.spans]].map((spans) => foldedOutside(words, spans));
};

const hasSign = (text: string, signs: readonly string[]): boolean => signs.some((sign) => text.includes(sign));

const bySign = (text: string, signs: Signs): 'yes' | 'no' | null => {
  const yes = hasSign(text, signs.yes);
  if (yes === hasSign(text, signs.no)) return null;
  return yes ? 'yes' : 'no';
};

/** What the whole message answers, by the lists of `yes-no.yaml`. */
const byWords = (readings: readonly string[][], { answers }: Finders): string | null =>
  readings.map((words) => answers.whole(words)).find((one) => one !== null) ?? null;

/** "Yes, I want a person": behind a yes or a no only the wish for a person is an order; "no, stop" may mean anything. */
const wishBehindAnswer = (words: readonly string[], { answers, command }: Finders): Command | null => {
  const from = words.findIndex((word) => answers.whole([word]) === null);
  return from > 0 && command([words.slice(from)], false) === 'agent' ? 'agent' : null;
};

const readAnswer = (answer: string | null): Pick<Understanding, 'yesNo' | 'unhelped' | 'unsure' | 'announces'> => ({
  yesNo: answer === 'unhelped' ? 'no' : answer === 'yes' || answer === 'no' ? answer : null,
  unhelped: answer === 'unhelped',
  unsure: answer === 'unsure',
  announces: answer === 'announcing',
});

const readGreeting = (labels: ReadonlySet<string>): 'salam' | 'hello' | null => {
  if (labels.has('salam')) return 'salam';
  return labels.has('hello') ? 'hello' : null;
};

const readPhone = (text: string, ticketNumbers: readonly string[]): string | null => {
  if ((text.match(/\p{Nd}/gu)?.length ?? 0) < 7) return null;
  const phone = findPhones(text).find(({ value }) => !ticketNumbers.some((number) => value.endsWith(number)));
  return phone?.value ?? null;
};

const readEmail = (text: string): string | null => (text.includes('@') ? (findEmails(text)[0]?.value ?? null) : null);

/** What the words weigh, else what the service usually weighs; asking about complaints is not yet one. */
const judgeImportance = (tones: ReadonlySet<string>, type: TicketType, usual: Importance | undefined): Importance => {
  if (tones.has('danger')) return 'high';
  if (tones.has('relaxed')) return 'low';
  if (tones.has('urgent') || tones.has('standstill') || tones.has('sensitive')) return 'high';
  if (type === 'suggestion') return 'low';
  return type === 'inquiry' && usual === 'high' ? 'medium' : (usual ?? 'medium');
};

const languageForType = (detected: DetectedLanguage): Language => (detected.script === 'latin' ? 'en' : 'ar');

const reasonsOf = (seen: Understanding, type: TypeFound, tones: ReadonlySet<string>): string[] => {
  const reasons = [`language:${seen.language ?? 'unknown'}${seen.languageSure ? '' : '?'}`];
  if (seen.arabizi) reasons.push('script:arabizi');
  if (seen.greeting) reasons.push(`greeting:${seen.greeting}`);
  if (seen.command) reasons.push(`command:${typeof seen.command === 'string' ? seen.command : seen.command.language}`);
  for (const part of ['name', 'entity', 'category'] as const) if (seen[part]) reasons.push(`introduces:${part}`);
  if (seen.pleasantryOnly) reasons.push('says:pleasantries-only');
  else reasons.push(`type:${type.id} by ${type.by} ${type.confidence.toFixed(2)}`);
  if (seen.service) reasons.push(`service:${seen.service.id} ${seen.service.confidence.toFixed(2)}`);
  for (const tone of tones) reasons.push(`tone:${tone}`);
  return reasons;
};

const readTalk = (parts: Parts, ticketNumbers: string[], finders: Finders) => {
  const { text, labels, hasOther } = parts;
  const isMeaningful = meaningful(text);
  const readings = readingsOf(parts);
  const thankful = hasSign(text, finders.signs.thanks);
  return {
    meaningful: isMeaningful,
    greeting: readGreeting(labels),
    thanks: labels.has('thanks') || thankful,
    farewell: labels.has('farewell'),
    pleasantryOnly: isMeaningful ? !hasOther : thankful || hasSign(text, finders.signs.yes),
    ...readAnswer(isMeaningful ? byWords(readings, finders) : bySign(text, finders.signs)),
    command: finders.command(readings, ticketNumbers.length > 0) ?? wishBehindAnswer(readings[1] ?? [], finders),
  };
};

const readMatter = ({ matter, tones }: Parts, type: TypeFound, finders: Finders) => {
  const service = finders.service(matter);
  return {
    type: { id: type.id, confidence: type.confidence },
    service,
    importance: judgeImportance(tones, type.id, service ? finders.usualImportance.get(service.id) : undefined),
    abusive: tones.has('abuse'),
    sober: tones.has('sober'),
    sensitive: tones.has('sensitive'),
  };
};

const signsOf = (words: readonly Word[], { posts }: Finders): Understanding['posts'] => {
  const found = posts.find(words.map(({ folded }) => folded));
  const counted = postSigns.map((sign) => [sign, found.filter(({ label }) => label === sign).length]);
  return Object.fromEntries(counted) as Record<PostSign, number>;
};

const whoSpeaks = ({ name, entity, category }: Persona) => ({
  name: name?.value ?? null,
  entity: entity?.value ?? null,
  category: category?.id ?? null,
});

const understandText = (text: string, finders: Finders): Understanding => {
  const detected = detectLanguage(text);
  const parts = takeApart(text, finders);
  const ticketNumbers = findTicketNumbers(text);
  const type = finders.type(parts.matter, languageForType(detected), parts.tones);
  const seen: Understanding = {
    language: detected.language,
    languageSure: detected.sure,
    script: detected.script,
    arabizi: detected.arabizi,
    folded: fold(text),
    ...readTalk(parts, ticketNumbers, finders),
    ticketNumbers,
    ofRequest: finders.requests.find(parts.words.map(({ folded }) => folded)).length > 0,
    ...whoSpeaks(parts.persona),
    phone: readPhone(text, ticketNumbers),
    email: readEmail(text),
    ...readMatter(parts, type, finders),
    posts: signsOf(parts.words, finders),
    restOfText: parts.restOfText,
    reasons: [],
  };
  return { ...seen, reasons: reasonsOf(seen, type, parts.tones) };
};

/**
 * Learns the organisation's words and the editable phrases once (under a second), and gives `understand`: pure,
 * synchronous, the same answer for the same text. Throws where a phrase names a list that does not exist.
 */
export const createUnderstanding = (files: UnderstandingFiles, vocabulary: Vocabulary) => {
  const finders = compile(files, vocabulary);
  return {
    understand: (text: string): Understanding => understandText(text.slice(0, mostCharacters).toWellFormed(), finders),
  };
};
