import { capabilitiesIn } from '../../channel/capabilities.ts';
import type { Contact } from '../../contact/contact.ts';
import { type Conversation, conversations } from '../../conversation/conversation.ts';
import { keyed } from '../../ids.ts';
import type { Survey } from '../../survey/survey.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { channelOf } from '../agent-words.ts';
import { askRating } from '../ask-rating.ts';
import type { FlowDeps } from '../deps.ts';
import type { Performed, Scene } from '../draft.ts';
import type { Way } from '../notice.ts';
import { perform } from '../perform.ts';

/** The chat in which the question can be asked itself; null where only a link leads to it. */
export async function openChat(deps: FlowDeps, way: Way): Promise<Conversation | null> {
  if (way.by !== 'conversation') return null;
  const conversation = await deps.store.get(conversations, way.conversationId);
  const isChat = conversation && deps.channels.get(way.inboxId)?.capabilities.form === 'chat';
  // what the assistant waits for there must not be taken for a score
  return isChat && conversation.dialogue.awaiting === null ? conversation : null;
}

/** Asks for the rating in the chat, where a tap answers it (SV-04). What was closed stays so. */
export function askInChat(
  deps: FlowDeps,
  survey: Survey,
  { ticket, contact, conversation }: { ticket: Ticket; contact: Contact; conversation: Conversation },
): Promise<Performed> {
  const { language, number: ticketNumber } = ticket;
  const capabilities = capabilitiesIn(channelOf(deps, conversation).capabilities, conversation);
  const scene: Scene = {
    causeId: keyed('survey-asked', survey.id),
    conversation,
    contact,
    answered: null,
    capabilities,
    language,
    author: 'assistant',
    actor: { kind: 'assistant', id: null },
    ticketNumber,
  };
  const title = (key: string): string => deps.content.render()(`button-${key}`, language);
  const asked = conversation.status === 'closed' ? ('closing' as const) : ('survey' as const);
  const facts = { asked, ticketNumber, agentId: survey.agentId, surveyId: survey.id };
  return perform(deps, scene, askRating(facts, { capabilities, title }));
}
