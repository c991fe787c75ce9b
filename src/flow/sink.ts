import { z } from 'zod';
import type { History, Sink } from '../channel/channel.ts';
import { type AddressChange, type InboundEvent, inboundEvent, type OptOut } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import type { Lease } from '../cluster/leases.ts';
import { addresses, contacts } from '../contact/contact.ts';
import { conversations } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { attachments, here } from '../message/message.ts';
import { type Collection, type Op, StoreError } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import { historyOf } from './history.ts';
import { addressIdOf } from './identity.ts';
import { storable } from './storable.ts';

const channelNote = z.object({ id: z.string(), version: z.number().int(), value: z.string() });
/** Durable notes of channels: cursors, secrets. */
export const channelNotes: Collection<z.infer<typeof channelNote>> = {
  name: 'channelNotes',
  schema: channelNote,
  indexes: [],
};

/** A file that was uploaded and never sent is kept this long. */
const unsentFileMs = 24 * 3_600_000;

/**
 * An inbound event that keeps to the contract and holds nothing that cannot be stored, or a `WaslError('invalid')` that
 * names the field.
 */
export function parseEvent(event: unknown): InboundEvent {
  const parsed = inboundEvent.safeParse(storable(event));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new WaslError('invalid', `${issue?.path.join('.') ?? 'event'}: ${issue?.message ?? 'not valid'}`);
}

/** What the store refuses as data it refuses every time: nobody may try that again. */
function refusedAsData(error: unknown): never {
  const isData = error instanceof StoreError && error.code === 'document-invalid';
  throw isData ? new WaslError('invalid', error.message, { cause: error }) : error;
}

/** The conversations that an address has, newest first. */
const conversationOf = async ({ store }: FlowDeps, inboxId: string, address: string) =>
  (await store.find(conversations, { index: 'by-address', where: { inboxId, address }, order: 'desc', limit: 1 }))
    .items[0];

async function history(deps: FlowDeps, query: Parameters<Sink['history']>[0]): Promise<History> {
  const found = await conversationOf(deps, query.inboxId, query.address);
  return historyOf(deps.store, found?.id ?? '', query);
}

async function saveAttachment(deps: FlowDeps, file: Parameters<Sink['saveAttachment']>[0]) {
  const id = deps.ids.next();
  const { inboxId, address, name, type } = file;
  const kept = await deps.store.blobs.put(id, file.from, file.maxBytes).catch((error: unknown) => {
    const large = error instanceof StoreError && error.code === 'blob-too-large';
    throw large
      ? new WaslError('too-large', `The file is larger than ${file.maxBytes} bytes.`, { cause: error })
      : error;
  });
  const now = deps.clock.now();
  const times = { createdAt: iso(now), expiresAt: iso(now + unsentFileMs) };
  const document = {
    id,
    version: 1,
    inboxId,
    address,
    conversationId: null,
    messageId: null,
    name,
    type,
    ...kept,
    ...times,
    ...here,
  };
  await deps.store.write([{ op: 'insert', in: attachments, document }]);
  return { id, bytes: kept.bytes };
}

/** The person's own uploads, and the files of messages in their own conversation; nothing else. */
async function openAttachment(deps: FlowDeps, query: Parameters<Sink['openAttachment']>[0]) {
  const file = await deps.store.get(attachments, query.id);
  if (!file) return null;
  const own = file.inboxId === query.inboxId && file.address === query.address;
  const conversation = own || !file.conversationId ? null : await deps.store.get(conversations, file.conversationId);
  const theirs = conversation?.inboxId === query.inboxId && conversation.address === query.address;
  const stream = own || theirs ? await deps.store.blobs.get(file.id) : null;
  return stream ? { name: file.name, type: file.type, stream } : null;
}

const overtaken = (): WaslError =>
  new WaslError('unavailable', 'Another process runs this inbox now: nothing is taken from this one any more.');

/** Keeps a note, unless the inbox was lost: whoever is late moves no cursor. */
async function remember({ store }: FlowDeps, { id, value }: { id: string; value: string }, lease?: Lease) {
  const fence = lease?.fence() ?? [];
  for (;;) {
    const known = await store.get(channelNotes, id);
    const op: Op = known
      ? { op: 'update', in: channelNotes, id, set: { value } }
      : { op: 'insert', in: channelNotes, document: { id, version: 1, value } };
    const result = await store.write([...fence, op]);
    if (result.ok) return;
    if (result.at < fence.length) throw overtaken();
  }
}

/** Refuses everything from the moment on when the lease is lost. */
function guard(sink: Sink, lease: Lease): Sink {
  const held = <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) => {
    return async (...given: Given): Promise<Result> => {
      if (lease.signal.aborted) throw overtaken();
      return work(...given);
    };
  };
  return {
    receive: held(sink.receive),
    history: held(sink.history),
    saveAttachment: held(sink.saveAttachment),
    openAttachment: held(sink.openAttachment),
    recall: held(sink.recall),
    remember: held(sink.remember),
    typing: (event) => (lease.signal.aborted ? undefined : sink.typing(event)),
    changed: (what) => (lease.signal.aborted ? undefined : sink.changed?.(what)),
  };
}

interface Take {
  receive: Sink['receive'];
  typing(conversationId: string, on: boolean): void;
  changed(): void;
}

/** Takes an event as long as the inbox is surely ours. */
const receiveUnder =
  ({ members }: FlowDeps, { receive }: Take, lease: Lease | undefined): Sink['receive'] =>
  async (event) => {
    if (lease) await members.sure();
    if (lease?.signal.aborted) throw overtaken();
    return receive(event).catch(refusedAsData);
  };

/** The door of one inbox into the core; of one that runs alone with its lease, whose loss closes it for good. */
export function createSink(deps: FlowDeps, inboxId: string, take: Take, lease?: Lease): Sink {
  const noteId = (key: string): string => keyed('note', inboxId, key);
  const sink: Sink = {
    receive: receiveUnder(deps, take, lease),
    history: (query) => history(deps, query),
    saveAttachment: (file) => saveAttachment(deps, file),
    openAttachment: (query) => openAttachment(deps, query),
    typing({ address, on }) {
      conversationOf(deps, inboxId, address).then(
        (found) => found && take.typing(found.id, on),
        (error: unknown) => deps.log.warn({ err: error }, 'a typing hint was dropped'),
      );
    },
    recall: async (key) => (await deps.store.get(channelNotes, noteId(key)))?.value ?? null,
    remember: (key, value) => remember(deps, { id: noteId(key), value }, lease),
    changed: () => take.changed(),
  };
  return lease ? guard(sink, lease) : sink;
}

/** The conversations in which the person has this address; a person has few. */
const conversationsOf = async ({ store }: FlowDeps, inboxId: string, address: string) =>
  (await store.find(conversations, { index: 'by-address', where: { inboxId, address }, order: 'desc', limit: 100 }))
    .items;

/** The same person is reached under another address from now on: what is said next goes there. */
export async function changeAddress(deps: FlowDeps, event: AddressChange): Promise<void> {
  const { store } = deps;
  const { inboxId, from, to } = event;
  const known = await store.get(addresses, addressIdOf(inboxId, from));
  if (!known || from === to) return;
  const id = addressIdOf(inboxId, to);
  const taken = await store.get(addresses, id);
  const facts = { ...known, id, address: to, key: known.key ?? from, version: 1 };
  const { id: _i, version: _v, ...set } = facts;
  const ops: Op[] = taken
    ? [{ op: 'update', in: addresses, id, set }]
    : [{ op: 'insert', in: addresses, document: facts, onDuplicate: 'keep' }];
  for (const one of await conversationsOf(deps, inboxId, from))
    ops.push({ op: 'update', in: conversations, id: one.id, set: { address: to } });
  if (event.phone) ops.push({ op: 'update', in: contacts, id: known.contactId, set: { phone: event.phone } });
  await store.write(ops);
}

/** The person does not want to be written to first any more, or again does. */
export async function changeOptOut({ store, clock }: FlowDeps, { inboxId, address, on, at }: OptOut): Promise<void> {
  const known = await store.get(addresses, addressIdOf(inboxId, address));
  // the word that asks for it was stored before this, by our own clock
  const now = iso(clock.now());
  const set = { optedOutAt: on ? (at > now ? at : now) : null };
  if (known) await store.write([{ op: 'update', in: addresses, id: known.id, set }]);
}
