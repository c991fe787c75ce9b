import { addresses } from '../contact/contact.ts';
import { joinCodes } from '../contact/joining.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { Op, Store } from '../store/port.ts';
import { type Rating, ratings } from '../survey/rating.ts';
import { type Survey, surveys } from '../survey/survey.ts';
import type { Action, AskRating } from './actions.ts';
import { addressIdOf } from './identity.ts';

/** Actions on what is kept of a person beside the conversation: ratings, codes, whether they want to be written to. */
export type OnPerson = Extract<
  Action,
  { do: 'ask-rating' | 'rate' | 'rate-employee' | 'rating-comment' | 'count-attempt' | 'opt-out' }
>;

/** What these are performed on; the conversation is changed in place. */
interface Unit {
  causeId: string;
  at: string;
  conversation: Conversation;
}

const commentLength = 2000;

const ratingOf = (
  { conversation, at }: Unit,
  id: string,
  { asked, ticketNumber, agentId, surveyId }: AskRating,
): Rating => ({
  ...(surveyId === undefined ? {} : { surveyId }),
  id,
  version: 1,
  conversationId: conversation.id,
  contactId: conversation.contactId,
  inboxId: conversation.inboxId,
  ticketNumber,
  agentId,
  askedAt: at,
  asked,
  score: null,
  answeredAt: null,
  comment: null,
});

/** The rating that is asked for now; the conversation waits for it. */
function ask(unit: Unit, action: AskRating, place: number): Op[] {
  const id = keyed('rating', unit.causeId, place);
  const { dialogue } = unit.conversation;
  unit.conversation.dialogue = { ...dialogue, awaiting: { for: 'rating', ratingId: id } };
  return [{ op: 'insert', in: ratings, document: ratingOf(unit, id, action), onDuplicate: 'keep' }];
}

async function optOut(store: Store, { conversation, at }: Unit): Promise<Op[]> {
  const known = await store.get(addresses, addressIdOf(conversation.inboxId, conversation.address));
  return known ? [{ op: 'update', in: addresses, id: known.id, set: { optedOutAt: at } }] : [];
}

/** What is said in the chat answers the survey for which it was asked there (SV-04). */
async function surveyOf(store: Store, ratingId: string): Promise<Survey | null> {
  const { surveyId } = (await store.get(ratings, ratingId)) ?? {};
  return surveyId === undefined ? null : store.get(surveys, surveyId);
}

async function scoreSurvey(store: Store, { ratingId, score }: Action & { do: 'rate' }, at: string): Promise<Op[]> {
  const survey = await surveyOf(store, ratingId);
  if (survey?.state !== 'waiting') return [];
  const set = { state: 'answered', service: score, answeredAt: at, nextAt: null } as const;
  return [{ op: 'update', in: surveys, id: survey.id, expect: survey.version, set }];
}

async function commentSurvey(store: Store, ratingId: string, comment: string, at: string): Promise<Op[]> {
  const survey = await surveyOf(store, ratingId);
  return survey ? [{ op: 'update', in: surveys, id: survey.id, set: { comment, addedAt: at } }] : [];
}

/** The operations of one such action; a score is kept once, whatever comes after it. */
export async function personOps(store: Store, unit: Unit, action: OnPerson, place: number): Promise<Op[]> {
  switch (action.do) {
    case 'ask-rating':
      return ask(unit, action, place);
    case 'rate': {
      const set = { score: action.score, answeredAt: unit.at };
      const onSurvey = await scoreSurvey(store, action, unit.at);
      return [{ op: 'update', in: ratings, id: action.ratingId, when: { score: null }, set }, ...onSurvey];
    }
    case 'rate-employee': {
      const { ratingId, score: employee } = action;
      const survey = await surveyOf(store, ratingId);
      const set = { employee, addedAt: unit.at };
      const onSurvey: Op[] =
        survey?.employee === null ? [{ op: 'update', in: surveys, id: survey.id, expect: survey.version, set }] : [];
      return [{ op: 'update', in: ratings, id: ratingId, set: { employee } }, ...onSurvey];
    }
    case 'rating-comment': {
      const comment = action.text.slice(0, commentLength).toWellFormed();
      const onSurvey = await commentSurvey(store, action.ratingId, comment, unit.at);
      return [{ op: 'update', in: ratings, id: action.ratingId, set: { comment } }, ...onSurvey];
    }
    case 'count-attempt':
      return [{ op: 'update', in: joinCodes, id: unit.conversation.contactId, add: { attempts: 1 } }];
    case 'opt-out':
      return optOut(store, unit);
  }
}
