import type { Log, Sink } from '../../src/channel/channel.ts';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import type { Incoming, ProviderPosts, Read, Report } from './providers/provider.ts';

/** What reading a post needs besides the post. */
export interface Intake {
  inboxId: string;
  posts: ProviderPosts;
  now(): number;
  log: Log;
  count(event: string): void;
}

function receiptOf({ ref, to, ...report }: Report, inboxId: string, at: string): GivenEvent {
  const named = { ...(ref ? { deliveryId: ref } : {}), ...(to ? { address: to } : {}) };
  return { event: 'receipt', inboxId, at, ...report, ...named };
}

/** What somebody wrote, and then what it means for writing to them: the person must be known before. */
function messageOf(incoming: Incoming, inboxId: string, at: string): GivenEvent[] {
  const { externalId, from, text, hasFiles, optOut, isAnswered } = incoming;
  const isEmpty = text.trim() === '';
  const message: GivenEvent = {
    event: 'message',
    inboxId,
    externalId,
    address: from,
    conversationKey: from,
    visibility: 'private',
    sentAt: at,
    kind: hasFiles && isEmpty ? 'unsupported' : 'text',
    text,
    attachments: [],
    automated: 'none',
    // a number that can be called; a short one cannot
    ...(from.length >= 7 ? { phone: `+${from}` } : {}),
    ...(hasFiles ? { detail: 'mms' } : {}),
    ...(isAnswered ? { answerable: false } : {}),
  };
  const wish: GivenEvent[] = optOut === null ? [] : [{ event: 'opt-out', inboxId, address: from, on: optOut, at }];
  return [message, ...wish];
}

/** A post as events for the core. */
export function eventsOf({ reports, incoming }: Read, inboxId: string, at: string): GivenEvent[] {
  return [
    ...reports.map((one) => receiptOf(one, inboxId, at)),
    ...incoming.flatMap((one) => messageOf(one, inboxId, at)),
  ];
}

/** An event that the core does not accept whatever happens: it may not hold up what stands beside it. */
const isInvalid = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'invalid';

async function hand({ log, inboxId }: Intake, sink: Sink, event: GivenEvent): Promise<boolean> {
  try {
    await sink.receive(event);
    return true;
  } catch (error) {
    if (!isInvalid(error)) throw error;
    log.error({ inboxId, event: event.event }, 'the core did not accept an event of a post');
    return false;
  }
}

/** Tells the core all that a post holds, in order. Rejects where it must be tried again; what was told stays told. */
export async function takePost(intake: Intake, sink: Sink, raw: string): Promise<'taken' | 'odd'> {
  const { posts, inboxId, now, log, count } = intake;
  const read = posts.read(raw);
  let isWhole = read.odd.length === 0;
  for (const event of eventsOf(read, inboxId, new Date(now()).toISOString())) {
    const isAccepted = await hand(intake, sink, event);
    isWhole &&= isAccepted;
  }
  for (const why of read.odd) count(`odd-${why}`);
  if (read.odd.length > 0) log.warn({ inboxId, why: [...new Set(read.odd)] }, 'a post could not be read (all)');
  return isWhole ? 'taken' : 'odd';
}
