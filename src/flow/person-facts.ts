import { codeAttempts, codeIn, readCode } from '../contact/join-code.ts';
import { joinCodes } from '../contact/joining.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Store } from '../store/port.ts';
import { type Rating, ratings } from '../survey/rating.ts';
import { surveys } from '../survey/survey.ts';
import type { Context, ToldCode, Turn } from './context.ts';
import type { FlowDeps } from './deps.ts';

/** Under this purpose stands the secret of codes. */
export const codeSecret = 'join-codes';

const newest = { order: 'desc', limit: 1 } as const;

/** When somebody was last asked what they thought of the service, in whatever conversation or by a survey. */
export async function lastAsked(store: Store, contactId: string): Promise<string | null> {
  const inChat = await store.find(ratings, { index: 'by-contact', where: { contactId }, ...newest });
  const bySurvey = await store.find(surveys, { index: 'by-contact', where: { contactId }, ...newest });
  const times = [inChat.items[0]?.askedAt, bySurvey.items[0]?.sentAt].filter((at) => typeof at === 'string');
  return times.sort().at(-1) ?? null;
}

/** The rating that was asked for last in a conversation. */
export async function latestRating(store: Store, conversationId: string): Promise<Rating | null> {
  const found = await store.find(ratings, { index: 'by-conversation', where: { conversationId }, ...newest });
  return found.items[0] ?? null;
}

/** After our thanks for a score what is said at once may be a word on it. */
async function ratingInHand(
  store: Store,
  { id, dialogue }: Conversation,
  { turn, lastTemplate }: Said,
): Promise<Rating | null> {
  const { awaiting } = dialogue;
  const tapped = turn.messages.some(({ quickReplyId }) => /^rate(?:-employee)?:/.test(quickReplyId ?? ''));
  if (awaiting && 'ratingId' in awaiting) return store.get(ratings, awaiting.ratingId);
  return tapped || lastTemplate === 'rating-thanks' ? latestRating(store, id) : null;
}

interface Said {
  turn: Turn;
  lastTemplate: string | null;
}

/** Only the person in a private conversation proves anything by telling a code. */
async function codeTold(deps: FlowDeps, conversation: Conversation, turn: Turn): Promise<ToldCode | null> {
  const digits = conversation.visibility === 'private' ? codeIn(turn.words) : null;
  const code = digits ? await deps.store.get(joinCodes, conversation.contactId) : null;
  if (!digits || !code) return null;
  const told = readCode(code, digits, { secret: deps.secret(codeSecret), nowMs: deps.clock.now() });
  const { otherId, agentId, attempts } = code;
  return told && { told, otherId, agentId, left: codeAttempts - attempts - 1 };
}

/** What must be known of the person beside the conversation; read only where the turn may be about it. */
export async function personFacts(
  deps: FlowDeps,
  conversation: Conversation,
  { turn, lastTemplate }: Said,
): Promise<Pick<Context, 'rating' | 'lastAskedAt' | 'joinCode'>> {
  const { store } = deps;
  const mayAsk = conversation.dialogue.awaiting?.for === 'helped' || turn.tapped?.startsWith('helped:');
  return {
    rating: await ratingInHand(store, conversation, { turn, lastTemplate }),
    lastAskedAt: mayAsk ? await lastAsked(store, conversation.contactId) : null,
    joinCode: await codeTold(deps, conversation, turn),
  };
}
