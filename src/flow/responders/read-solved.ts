import { wordsOf } from '../../language/fold.ts';
import type { Understanding } from '../../understanding/understanding.ts';
import { isStillOpen } from './not-helped.ts';

/** What words say to "is it solved?": `tells` where a no says what is missing, `asks` where a yes goes on with a question. */
export interface SaidToSolved {
  said: 'yes' | 'no';
  tells: boolean;
  asks: boolean;
}

const done =
  'انحلت?|انحلو|اتحلت?|تحلت|نحلت|محلوله?|حليتوا?(?:ها|ه)?|(?:ا?ت)?صلحت?|زبطت?|ضبطت?|اشتغلت?|(?:ت|ي)شتغل|تم (?:حل\\S*|الحل)|works now|solved|fixed|resolved|sorted';
const notYet = `${done}|ي?تم|(?:ت|ي)ن?حل|(?:ت|ي)تصلح|works?|working`;
const denial = 'ما|لم|لا|مو|مب|مش|موب|مهي|ماهي|غير|لسا|لسه|للحين|بعد|not|t|isnt|hasnt|didnt|doesnt|never';

const saysDone = new RegExp(`(?:^| )(?:${done}|(?:صار|صارت|كل شي|الامور|اموري) (?:تمام|زين|زينه|ممتاز))(?: |$)`);
const saysNotYet = new RegExp(`(?:^| )(?:(?:${denial})(?: \\S+)? (?:${notYet})|ما?ا?نحلت?ش?|متحلتش)(?: |$)`);
const stillNot = /^(?:لا )?(?:لسا|لسه|للحين|بعدها?|still)(?: (?:لا|ما|والله|not))?$/;

const agrees = /^(?:نعم|ايه|اي|ايوه|ايوا|ايوة|اجل|بلي|اكيد|تمام|yes|yeah|yep|yup|ok|okay)(?: |$)/;
const praises = /(?:^| )(?:الحمد ?لله|و?لله الحمد|alhamdulillah)(?: |$)/;
const but = /(?:^| )(?:بس|لكن|ولكن|لاكن|but|however)(?: |$)/;
/** What people say of the time that it took is no part of it that is missing. */
const ofTheTime = /(?:^| )(?:و?تاخر\S*|تاخير|طولت\S*|طول|بطي\S*|متاخر\S*|late|slow|long|delay\S*)(?: |$)/;
const question =
  /(?:^| )(?:سوال|استفسار|كيف|شلون|وين|فين|متي|متى|امتي|كم|هل|ليش|how|when|where|why|what|question)(?: |$)/;

const bare = new RegExp(
  `^(?:${denial}|${notYet}|لا|والله|للاسف|ابدا?|نهاييا|المشكله|مشكلتي|الموضوع|العطل|الطلب|طلبي|الحل|حل\\S*|الي|الان|حتي|الحين|شي|it|is|was|the|problem|issue|yet|no|still|has|been)$`,
);

const denied = (folded: string): SaidToSolved => ({
  said: 'no',
  tells: folded.split(' ').filter((word) => !bare.test(word)).length >= 3,
  asks: false,
});

const yes = (asks: boolean): SaidToSolved => ({ said: 'yes', tells: false, asks });

const mostWords = 8;

/** "OK, when are you coming?": of what goes on. */
const isNod = /^(?:تمام|ok|okay)(?: |$)/;

/** Words between a yes and the question that follows it. */
const beforeQuestion = new RegExp(
  `^(?:نعم|ايه|اي|ايوه|ايوا|اجل|بلي|اكيد|yes|yeah|yep|yup|it|is|الحمد|الحمدلله|ولله|لله|${done}|تم|شكرا|لكم|لك|مشكورين|بس|لكن|ولكن|لاكن|و|but|and|thanks|thank|you|i|have|a|an|another|عندي|لدي|سوال|استفسار|question|ثاني|اخر|تاني|جديد)$`,
);

/** What follows the yes, as it was written. */
export function behindYes(text: string): string {
  const first = wordsOf(text).find(({ folded }) => !beforeQuestion.test(folded));
  return first ? text.slice(first.start).trim() : '';
}

/** In few words: done, or agreed to with a praise or a word on the time that it took. */
function isYes(folded: string, opens: boolean): boolean {
  if (folded.split(' ').length > mostWords) return false;
  const isDone = saysDone.test(folded);
  if (but.test(folded)) return (opens || isDone) && ofTheTime.test(folded);
  return isDone || (opens && (praises.test(folded) || ofTheTime.test(folded)));
}

/** A yes in so many words, also one behind which something else is asked, or the time is complained of. */
function readYes(text: string, folded: string): SaidToSolved | null {
  const opens = agrees.test(folded) || praises.test(folded.slice(0, 14));
  const asks = /[?؟]/.test(text) || question.test(folded);
  if (asks) return opens && !isNod.test(folded) ? yes(true) : null;
  return isYes(folded, opens) ? yes(false) : null;
}

/**
 * What the words of a turn say to "is it solved?", by yes, no and what is said beside them; null where they say neither. A
 * bare thanks is a yes that starts no clock (lesson 50).
 */
export function readSolved(text: string, understood: Understanding): SaidToSolved | null {
  const { folded, yesNo, unhelped, restOfText, pleasantryOnly, thanks } = understood;
  const isShort = folded.split(' ').length <= mostWords + 4;
  if (yesNo !== 'no' && isShort && (saysNotYet.test(folded) || stillNot.test(folded))) return denied(folded);
  if (yesNo === 'no' || isStillOpen(understood))
    return { said: 'no', tells: restOfText.trim().split(/\s+/).length >= 4 && !unhelped, asks: false };
  const isAsking = /[?؟]\s*$/.test(text);
  if (!isAsking && (yesNo === 'yes' || (pleasantryOnly && (thanks || praises.test(folded))))) return yes(false);
  return readYes(text, folded);
}
