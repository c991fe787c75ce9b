import { inLanguage } from '../../language/language.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { greet, nameOfSender } from './greeting.ts';
import { restBeside } from './rest-beside.ts';
import { leave, takesLeave } from './taking-leave.ts';
import { type Tone, tellsMatter, toneOf } from './tone.ts';
import { sayExamples } from './unsure.ts';

type Field = 'name' | 'entity' | 'category' | 'inquiry';

type Known = { name?: string; entity?: string; category?: string; phone?: string; email?: string };

/** What this message says of the person besides the answer to the question, where it is not known yet. */
const volunteered = ({ understood, contact }: Context): Known => {
  const known: Known = {};
  if (understood.name && !contact.name) known.name = understood.name;
  if (understood.entity && !contact.entity) known.entity = understood.entity;
  if (understood.category && !contact.category) known.category = understood.category;
  if (understood.phone && !contact.phone) known.phone = understood.phone;
  if (understood.email && !contact.email) known.email = understood.email;
  return known;
};

const askedField = ({ conversation }: Context): Field | null => {
  const { awaiting } = conversation.dialogue;
  return awaiting?.for === 'question' ? awaiting.field : null;
};

/** Words that came with a picture or a file speak of that, not of our question. */
const isCaption = ({ turn }: Context): boolean => turn.messages.every(({ kind }) => kind !== 'text');

const grave: readonly Tone[] = ['danger', 'sensitive'];

/** Words of a picture, and what somebody was done, name nobody who writes. */
const isNoAnswer = (context: Context): boolean => isCaption(context) || grave.includes(toneOf(context.understood));

/** The answer to the question that was asked, if this is one. */
const answerTo = (context: Context, field: Field): Known => {
  const { turn, understood } = context;
  if (understood.unsure) return {};
  const tapped = turn.tapped?.startsWith('category:') ? turn.tapped.slice('category:'.length) : null;
  if (field === 'category') {
    const offered = context.organisation.organisation.categories.some(({ id }) => id === tapped);
    const category = offered ? tapped : understood.category;
    return category ? { category } : {};
  }
  if ((field !== 'name' && field !== 'entity') || isNoAnswer(context)) return {};
  const read = field === 'name' ? context.readName(turn.text) : context.readEntity(turn.text);
  if (!read || (!read.sure && tellsMatter(context, turn.text))) return {};
  return { [field]: read.value };
};

/** The questions of the organisation that apply here and are still open, in order (IN-02). */
const missing = (context: Context, known: Known, inquiry: boolean): Field[] => {
  const { contact, conversation, organisation } = context;
  const have = { ...contact, ...known, inquiry: inquiry || conversation.dialogue.inquiry !== null };
  return organisation.intake.questions
    .filter((question) => !question.channels || question.channels.includes(conversation.channel))
    .filter((question) => !question.types || question.types.includes(context.understood.type.id))
    .map((question) => question.field)
    .concat('inquiry')
    .filter((field, at, all) => all.indexOf(field) === at)
    .filter((field) => !have[field] && !conversation.dialogue.skipped.includes(field));
};

const categories = ({ organisation, language }: Context) =>
  organisation.organisation.categories.map((one) => choice(`category:${one.id}`, inLanguage(one.name, language)));

const isRequired = ({ organisation }: Context, field: Field): boolean =>
  organisation.intake.questions.some((question) => question.field === field && question.required);

/** The buttons under a question: the categories, or leave to go on without an answer. */
const choices = (context: Context, field: Field) => {
  if (field === 'category') return categories(context);
  return field === 'inquiry' || isRequired(context, field) ? [] : [choice('skip', context.title('skip'))];
};

const ask = (context: Context, field: Field, name: string | null, how: 'first' | 'again' | 'noted'): Action => ({
  do: 'say',
  template: `ask-${field}`,
  values: { name: name ?? '', again: how === 'again', noted: how === 'noted' },
  quickReplies: choices(context, field),
});

/** A wish for another language is no answer, and no failure to answer either. */
const switched = ({ turn, understood }: Context): boolean =>
  (turn.tapped?.startsWith('language:') ?? false) ||
  (typeof understood.command === 'object' && understood.command !== null);

/** Words that are an answer or an order, and no matter. */
const tellsNone = (context: Context): boolean =>
  switched(context) ||
  context.turn.tapped === 'skip' ||
  context.understood.unsure ||
  context.understood.announces ||
  context.understood.yesNo !== null;

/** What a turn tells besides the answer to the question that was asked. */
const besideAnswer = (context: Context, answer: Known): string => {
  const values = [answer.name, answer.entity].filter((value) => value !== undefined);
  const rest = context.turn.tapped ? '' : restBeside(context.understood.restOfText, values);
  return rest !== '' && tellsMatter(context, rest) && !context.understand(rest).pleasantryOnly ? rest : '';
};

/** Notes the matter, if this turn tells one, also beside the answer to a question of ours. */
const noteMatter = (context: Context, answer: Known): Action[] => {
  const { turn, understood, conversation } = context;
  const answered = Object.keys(answer).length > 0;
  const told = answered ? besideAnswer(context, answer) : understood.restOfText.trim();
  const text = tellsNone(context) ? '' : told;
  const asked = askedField(context);
  const unread = asked !== null && asked !== 'inquiry' && !isCaption(context) && !tellsMatter(context, text);
  const words = text !== '' && understood.meaningful && !understood.pleasantryOnly && !unread;
  if (!words && !turn.hasMedia) return [];
  const { awaiting, inquiry: before, inquiryMessageIds } = conversation.dialogue;
  const fresh = awaiting?.for === 'helped' || awaiting?.for === 'choice';
  const inquiry = [fresh ? null : before, words ? text : ''].filter(Boolean).join('\n');
  const messageIds = [...(fresh ? [] : inquiryMessageIds), ...turn.messages.map((message) => message.id)];
  return [{ do: 'dialogue', set: { inquiry, inquiryMessageIds: messageIds } }];
};

interface Progress {
  asked: Field | null;
  known: Known;
  noted: Action[];
  /** The question was asked and this turn did not answer it. */
  unanswered: boolean;
}

/** A full name and nothing else, before anything was asked: who writes, and no matter. */
const bareName = ({ turn, contact, conversation, understood, readName }: Context): Known => {
  const said = understood.restOfText.trim();
  const isFree = conversation.dialogue.awaiting === null && conversation.dialogue.inquiry === null;
  if (!isFree || contact.name !== null || turn.tapped !== null || said.split(/\s+/).length < 2) return {};
  const read = readName(said);
  return read?.sure && read.value === said ? { name: said } : {};
};

const progress = (context: Context): Progress => {
  const asked = askedField(context);
  const answer = asked && !switched(context) ? answerTo(context, asked) : bareName(context);
  const known = { ...volunteered(context), ...answer };
  const noted = noteMatter(context, answer);
  const unanswered =
    asked !== null && !switched(context) && !(asked in known) && !(asked === 'inquiry' && noted.length > 0);
  return { asked, known, noted, unanswered };
};

const timesAsked = ({ conversation }: Context): number => {
  const { awaiting } = conversation.dialogue;
  return awaiting?.for === 'question' ? awaiting.asked : 0;
};

/**
 * One gentle re-ask, then the question is let go; one that is not required is let go at once. Only the matter itself
 * is asked for again and again.
 */
const letGo = (context: Context, { asked, unanswered }: Progress): Field[] => {
  if (!unanswered || asked === null || asked === 'inquiry') return [];
  const enough =
    context.turn.tapped === 'skip' ||
    context.understood.unsure ||
    !isRequired(context, asked) ||
    timesAsked(context) >= 2;
  return enough ? [asked] : [];
};

/** What is still to be asked: nothing of somebody who is pressed, or whose matter is not for everybody's eyes. */
const questions = (context: Context, { known, noted }: Progress): Field[] => {
  const open = missing(context, known, noted.length > 0);
  // put together as the matter is noted, so that it is understood once
  const { inquiry } = context.conversation.dialogue;
  const matter = [inquiry, context.understood.restOfText.trim()].filter(Boolean).join('\n');
  return toneOf(context.understand(matter)) === null ? open : open.filter((field) => field === 'inquiry');
};

/** "No, thanks" to "how can we help?". */
const wantsNothing = ({ understood }: Context, { asked, noted }: Progress): boolean =>
  asked === 'inquiry' && noted.length === 0 && (takesLeave(understood) || understood.yesNo === 'no');

/** How a question is put: again where this turn did not answer it, with a word on what was noted beside it. */
const howToAsk = ({ turn }: Context, { asked, noted }: Progress, same: boolean): 'first' | 'again' | 'noted' => {
  const beside = asked !== null && turn.text.trim() !== '';
  if (noted.length > 0 && (same || beside)) return 'noted';
  return same ? 'again' : 'first';
};

/** Asks for a field, or helps whoever does not know what to ask. */
const askNext = (context: Context, progress: Progress, field: Field, skipped: string[]): Action[] => {
  const same = progress.unanswered && progress.asked === field;
  const isLost = field === 'inquiry' && context.understood.unsure && (same || progress.asked === null);
  const isPicture = context.turn.hasMedia && progress.noted.length > 0 && context.turn.text.trim() === '';
  const name = progress.known.name ?? context.contact.name;
  const asked = same ? timesAsked(context) + 1 : 1;
  return [
    { do: 'dialogue', set: { awaiting: { for: 'question', field, asked }, skipped } },
    ...(isPicture ? [{ do: 'call-people' as const }, { do: 'say' as const, template: 'media-received' }] : []),
    isLost ? sayExamples(context) : ask(context, field, name, howToAsk(context, progress, same)),
  ];
};

const next = (context: Context, progress: Progress): Contribution => {
  if (wantsNothing(context, progress)) return leave('intake: nothing is wanted');
  const skip = letGo(context, progress);
  const [field] = questions(context, progress).filter((one) => !skip.includes(one));
  const skipped = [...context.conversation.dialogue.skipped, ...skip];
  const told = Object.keys(progress.known);
  const actions: Action[] = [
    ...greet(context, context.contact.name ?? ''),
    ...(told.length > 0 ? [{ do: 'know' as const, fields: progress.known }] : []),
    ...progress.noted,
  ];
  const reasons = [`intake: known ${told.join(', ') || 'nothing new'}`];
  if (field)
    return {
      actions: [...actions, ...askNext(context, progress, field, skipped)],
      reasons: [...reasons, `intake: asks for ${field}`],
      end: true,
    };
  actions.push({ do: 'dialogue', set: { awaiting: null, skipped } });
  return { actions, reasons: [...reasons, 'intake: complete'], end: false };
};

type Detail = Exclude<Field, 'inquiry'>;

/** Such as stand above or below a letter: few words each. Reading every line of every letter would cost more than it tells. */
const shortLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line.split(/\s+/).length <= 6)
    .slice(-5)
    .join('\n');

/** College and category as a line of their own or in a signature, which is not part of the new words. */
function toldBeside({ turn, contact, readDetails }: Context): Known {
  const whole = turn.messages.map(({ text, letter }) => (letter?.isReply ? letter.newText : text) ?? '').join('\n');
  const wanted = (['entity', 'category'] as const).filter((field) => contact[field] === null);
  if (wanted.length === 0) return {};
  const { rest: _, name: _name, ...told } = readDetails(shortLines(whole), wanted);
  return told;
}

const askDetails = ({ organisation, language, title }: Context, fields: readonly Detail[]): Action => ({
  do: 'say',
  template: 'ask-details',
  values: {
    fields: fields.map((field) => title(`detail-${field}`)),
    categories: fields.includes('category')
      ? organisation.organisation.categories.map((one) => inLanguage(one.name, language))
      : [],
  },
  last: true,
});

/** Whoever sent more than could be taken is told so (lessons 25). */
const tooLarge = ({ turn }: Context): Action[] =>
  turn.messages.some((message) => message.letter?.problem === 'too-large')
    ? [{ do: 'say', template: 'letter-too-large', last: true }]
    : [];

/** In a letter nobody is interviewed: one answer to the matter, and one list of what is still missing, once. */
const letter = (context: Context): Contribution => {
  const { pleasantryOnly, thanks } = context.understood;
  if (pleasantryOnly && thanks && !context.turn.hasMedia)
    return { actions: [{ do: 'say', template: 'helped-sober' }], reasons: ['intake: a thanks only'], end: true };
  const { dialogue } = context.conversation;
  const known = { ...toldBeside(context), ...nameOfSender(context), ...volunteered(context) };
  const noted = noteMatter(context, {});
  const open = questions(context, { asked: null, known, noted, unanswered: false });
  const details = open.filter((field) => field !== 'inquiry');
  const set = { details: [...dialogue.details, ...details], skipped: [...dialogue.skipped, ...details] };
  const needsMatter = open.includes('inquiry');
  const again = dialogue.awaiting?.for === 'question' && dialogue.awaiting.field === 'inquiry';
  const awaiting = needsMatter ? ({ for: 'question', field: 'inquiry', asked: 1 } as const) : null;
  const matter: Action = context.understood.unsure
    ? sayExamples(context)
    : { do: 'say', template: 'ask-inquiry', values: { name: '', again, noted: false } };
  const actions: Action[] = [
    ...(Object.keys(known).length > 0 ? [{ do: 'know' as const, fields: known }] : []),
    ...noted,
    { do: 'dialogue', set: { ...set, awaiting } },
    ...(needsMatter ? [matter] : []),
    ...tooLarge(context),
    ...(details.length > 0 ? [askDetails(context, details)] : []),
  ];
  const reasons = [`intake: known ${Object.keys(known).join(', ') || 'nothing new'}`];
  if (open.length > 0) reasons.push(`intake: asks for ${open.join(', ')}`);
  return { actions, reasons, end: needsMatter };
};

/**
 * Greets with the working hours, then asks what is not known: one question at a time in a chat, all in one list in a
 * letter (IN-01, IN-02).
 */
export const intake: Responder = (context) =>
  context.capabilities.form === 'letter' ? letter(context) : next(context, progress(context));
