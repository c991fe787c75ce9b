import type { Channel } from '../channel/channel.ts';
import { type Address, addresses, type Contact } from '../contact/contact.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import type { ApprovedTemplate } from '../inbox/approved-templates.ts';
import { isMobile } from '../language/mobile.ts';
import type { NoticeKind } from '../notice/kinds.ts';
import type { NoticeValues } from '../notice/notice.ts';
import { workingZone } from '../organisation/working-zone.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { FlowDeps } from './deps.ts';
import { fillTemplate } from './fill-template.ts';
import { addressIn } from './first-place.ts';
import { addressIdOf } from './identity.ts';
import { isPaidPhone } from './new-notice.ts';
import { isDownIn, noticeTexts, type Way } from './notice.ts';
import { noticeParameters, noticeValues, type ToldValues } from './notice-values.ts';
import { isItsPlace } from './place-of-words.ts';
import { addressesOf, conversationsOf, isOptedOut, usableTemplates, windowNow } from './ways.ts';

/** Somebody who wrote so lately still sits in front of the chat. */
export const presentForMs = 600_000;

export interface Telling {
  kind: NoticeKind;
  values: NoticeValues;
  ticket: Ticket;
  contact: Contact;
}

/** What is known of where a person is reached. */
interface Known {
  all: readonly Address[];
  conversations: readonly Conversation[];
}

/** `here`: it is told in the conversation that the ticket came from. */
export const toldValues = (deps: Pick<FlowDeps, 'content'>, { ticket, values }: Telling, here = false): ToldValues =>
  noticeValues(ticket, values, deps.content.organisation().organisation, here);

/** A chat that only lives while it is open reaches whoever just wrote; one on the phone, or a letter, always. */
const reaches = ({ capabilities }: Channel, { lastInboundAt }: Conversation, now: number): boolean => {
  if (lastInboundAt === null) return false;
  const isOnPhone = capabilities.replyWindowHours !== null || capabilities.canStart;
  return isOnPhone || now - Date.parse(lastInboundAt) <= presentForMs;
};

const facts = (channel: Channel, optedOut: boolean) => ({
  inboxId: channel.inboxId,
  channel: channel.kind,
  rings: channel.capabilities.phones,
  optedOut,
  isDown: isDownIn(channel.state().state),
});

function inConversation(deps: FlowDeps, conversation: Conversation, { ticket }: Telling, { all }: Known): Way[] {
  const { inboxId, id, lastInboundAt } = conversation;
  const channel = deps.channels.get(inboxId);
  const isOwn = ticket.conversationId === id;
  const isWanted = conversation.visibility === 'private' && (isOwn || channel?.capabilities.form === 'chat');
  if (!channel || !isWanted || channel.capabilities.paid) return [];
  // the words of a restricted one that came from no conversation have their place in any private chat
  const ofTicket = isOwn || (ticket.restricted && isItsPlace(ticket, conversation, channel.capabilities));
  return [
    {
      by: 'conversation',
      ...facts(channel, isOptedOut(all, inboxId, lastInboundAt)),
      conversationId: id,
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
function filledFor(deps: FlowDeps, template: ApprovedTemplate, telling: Telling): ReturnType<typeof fillTemplate>[] {
  const timeZone = workingZone(deps.content.organisation());
  const parameters = noticeParameters(template, toldValues(deps, telling), { contact: telling.contact, timeZone });
  if (!parameters) return [];
  try {
    return [fillTemplate(template, parameters)];
  } catch (error) {
    if (error instanceof WaslError) return [];
    throw error;
  }
}

/** Whether the person has an address in the inbox that is not somebody else's. */
async function isAtHome(deps: FlowDeps, channel: Channel, contact: Contact): Promise<boolean> {
  const address = await addressIn(deps, channel, contact);
  if (!address) return false;
  const known = await deps.store.get(addresses, addressIdOf(channel.inboxId, address));
  return !known || known.contactId === contact.id;
}

async function byTemplate(deps: FlowDeps, channel: Channel, telling: Telling, { all }: Known): Promise<Way[]> {
  const { inboxId } = channel;
  if (!channel.capabilities.templates || !(await isAtHome(deps, channel, telling.contact))) return [];
  const { template: key } = noticeTexts[telling.kind];
  const mapped = (await usableTemplates(deps, inboxId)).filter(({ notice }) => notice === key);
  const filled = inItsLanguage(mapped, telling.ticket).flatMap((one) => filledFor(deps, one, telling))[0];
  return filled ? [{ by: 'template', ...facts(channel, isOptedOut(all, inboxId)), ...filled }] : [];
}

async function byLetter(deps: FlowDeps, channel: Channel, { contact }: Telling, { all }: Known): Promise<Way[]> {
  const { inboxId, capabilities } = channel;
  if (capabilities.form !== 'letter' || !capabilities.canStart) return [];
  if (!(await isAtHome(deps, channel, contact))) return [];
  return [{ by: 'letter', ...facts(channel, isOptedOut(all, inboxId)) }];
}

/** The number that an address of a medium of numbers stands for; null for one that stands for something else. */
function numberOf(channel: Channel | undefined, { address }: Address): string | null {
  const number = `+${/^\+?(\d{7,15})(?:@.*)?$/.exec(address)?.[1] ?? ''}`;
  return channel?.capabilities.phones && isMobile(number) && channel.addressOf?.(number) === address ? number : null;
}

/** They wrote from there; where only we wrote, the number may be somebody else's by now. */
const hasSpoken = ({ inboxId, address }: Address, { conversations }: Known): boolean =>
  conversations.some((one) => one.inboxId === inboxId && one.address === address && one.lastInboundAt !== null);

/** The mobile number of a person: the one that they gave, else one that they write from; null where none is known. */
function mobileOf({ channels }: Pick<FlowDeps, 'channels'>, contact: Contact, known: Known): string | null {
  if (contact.phone && isMobile(contact.phone)) return contact.phone;
  const spoken = known.all.filter((one) => hasSpoken(one, known));
  return spoken.map((one) => numberOf(channels.get(one.inboxId), one)).find((number) => number !== null) ?? null;
}

/** The mobile number under which a person can be called; null where none is known. */
export const callableAt = async (deps: FlowDeps, contact: Contact): Promise<string | null> =>
  mobileOf(deps, contact, {
    all: await addressesOf(deps, contact.id),
    conversations: await conversationsOf(deps, contact.id),
  });

async function byPhone(deps: FlowDeps, channel: Channel, { contact }: Telling, known: Known): Promise<Way[]> {
  const { inboxId, addressOf } = channel;
  const phone = isPaidPhone(channel) && addressOf ? mobileOf(deps, contact, known) : null;
  if (phone === null || !addressOf) return [];
  const spoken = known.conversations.find((one) => one.inboxId === inboxId)?.lastInboundAt ?? null;
  // the number may be that of another contact as well, who asked for silence: it is the same phone
  const there = await deps.store.get(addresses, addressIdOf(inboxId, addressOf(phone)));
  const all = there && there.contactId !== contact.id ? [...known.all, there] : known.all;
  return [{ by: 'phone', ...facts(channel, isOptedOut(all, inboxId, spoken)), phone }];
}

const finders = [byTemplate, byPhone, byLetter];

/** The ways that were found, and whether every inbox could be asked. */
export interface FoundWays {
  ways: Way[];
  isWhole: boolean;
}

/** The ways by one channel; null where that cannot be found out, which holds up no other. */
async function waysBy(deps: FlowDeps, channel: Channel, telling: Telling, known: Known): Promise<Way[] | null> {
  try {
    return (await Promise.all(finders.map((find) => find(deps, channel, telling, known)))).flat();
  } catch (error) {
    const { inboxId } = channel;
    deps.log.error({ err: error, inboxId }, 'whether a person can be told over an inbox could not be found out');
    return null;
  }
}

/** Every way in which a person could be told something about a ticket; `planNotice` picks one. */
export async function noticeWays(deps: FlowDeps, telling: Telling): Promise<FoundWays> {
  const { contact } = telling;
  const known = { all: await addressesOf(deps, contact.id), conversations: await conversationsOf(deps, contact.id) };
  const here = known.conversations.flatMap((one) => inConversation(deps, one, telling, known));
  const asked = await Promise.all([...deps.channels.values()].map((channel) => waysBy(deps, channel, telling, known)));
  return { ways: [...here, ...asked.flatMap((one) => one ?? [])], isWhole: !asked.includes(null) };
}

/** Whether the person wrote so lately, anywhere, that they wait for an answer. */
export const isPresent = async (deps: FlowDeps, { contact }: Telling): Promise<boolean> => {
  const since = deps.clock.now() - presentForMs;
  const spoken = await conversationsOf(deps, contact.id);
  return spoken.some(({ lastInboundAt }) => lastInboundAt !== null && Date.parse(lastInboundAt) >= since);
};
