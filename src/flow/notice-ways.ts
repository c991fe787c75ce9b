import type { Channel } from '../channel/channel.ts';
import type { Address, Contact } from '../contact/contact.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import type { ApprovedTemplate } from '../inbox/approved-templates.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { FlowDeps } from './deps.ts';
import { fillTemplate } from './fill-template.ts';
import { addressIn } from './first-place.ts';
import { type Notice, noticeParameters, noticeTexts, type Way } from './notice.ts';
import { addressesOf, conversationsOf, isOptedOut, usableTemplates, windowNow } from './ways.ts';

/** Somebody who wrote so lately still sits in front of the chat. */
const presentForMs = 600_000;

export interface Telling {
  notice: Notice;
  ticket: Ticket;
  contact: Contact;
}

/** A chat that only lives while it is open reaches whoever just wrote; one on the phone, or a letter, always. */
const reaches = ({ capabilities }: Channel, { lastInboundAt }: Conversation, now: number): boolean => {
  if (lastInboundAt === null) return false;
  const isOnPhone = capabilities.replyWindowHours !== null || capabilities.canStart;
  return isOnPhone || now - Date.parse(lastInboundAt) <= presentForMs;
};

function inConversation(
  deps: FlowDeps,
  conversation: Conversation,
  { ticket, all }: { ticket: Ticket; all: readonly Address[] },
): Way[] {
  const { inboxId, id } = conversation;
  const channel = deps.channels.get(inboxId);
  const ofTicket = ticket.conversationId === id;
  const isWanted = conversation.visibility === 'private' && (ofTicket || channel?.capabilities.form === 'chat');
  if (!channel || !isWanted) return [];
  return [
    {
      by: 'conversation',
      inboxId,
      conversationId: id,
      optedOut: isOptedOut(all, inboxId, conversation.lastInboundAt),
      window: windowNow(deps, conversation),
      ofTicket,
      reaches: reaches(channel, conversation, deps.clock.now()),
    },
  ];
}

const inItsLanguage = (templates: readonly ApprovedTemplate[], { language }: Ticket): ApprovedTemplate[] =>
  templates.toSorted(
    (one, other) => Number(other.language.startsWith(language)) - Number(one.language.startsWith(language)),
  );

/** The text and the parameters of a template, where all of it can be filled. */
function filledFor(template: ApprovedTemplate, { ticket, contact }: Telling): ReturnType<typeof fillTemplate>[] {
  const parameters = noticeParameters(template, ticket, contact);
  if (!parameters) return [];
  try {
    return [fillTemplate(template, parameters)];
  } catch (error) {
    if (error instanceof WaslError) return [];
    throw error;
  }
}

async function byTemplate(deps: FlowDeps, channel: Channel, telling: Telling, all: readonly Address[]): Promise<Way[]> {
  const { inboxId } = channel;
  if (!channel.capabilities.templates || !(await addressIn(deps, channel, telling.contact))) return [];
  const { template: key } = noticeTexts[telling.notice];
  const mapped = (await usableTemplates(deps, inboxId)).filter(({ notice }) => notice === key);
  const filled = inItsLanguage(mapped, telling.ticket).flatMap((one) => filledFor(one, telling))[0];
  return filled ? [{ by: 'template', inboxId, optedOut: isOptedOut(all, inboxId), ...filled }] : [];
}

async function byLetter(deps: FlowDeps, channel: Channel, telling: Telling, all: readonly Address[]): Promise<Way[]> {
  const { inboxId, capabilities } = channel;
  if (capabilities.form !== 'letter' || !capabilities.canStart) return [];
  if (!(await addressIn(deps, channel, telling.contact))) return [];
  return [{ by: 'letter', inboxId, optedOut: isOptedOut(all, inboxId) }];
}

/** Every way in which a person could be told something about a ticket; `planNotice` picks one. */
export async function noticeWays(deps: FlowDeps, telling: Telling): Promise<Way[]> {
  const { ticket, contact } = telling;
  const all = await addressesOf(deps, contact.id);
  const found = (await conversationsOf(deps, contact.id)).flatMap((one) => inConversation(deps, one, { ticket, all }));
  for (const channel of deps.channels.values()) {
    found.push(...(await byTemplate(deps, channel, telling, all)), ...(await byLetter(deps, channel, telling, all)));
  }
  return found;
}
