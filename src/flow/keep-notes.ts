import { type Delivery, deliveries } from '../message/message.ts';
import type { Document, Update } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import { settle, takeEarly } from './track.ts';

type Note = Update<Delivery>;

/** Another process took it over, and what is told of it is not that it was taken: that process will know better. */
function isOvertaken({ set, when }: Note, current: Document | undefined): boolean {
  const now = current as Delivery | undefined;
  const isTaken = set?.open === false && set.status !== 'failed';
  return now?.open === true && now.claimedBy !== when?.claimedBy && !isTaken;
}

/** What the note of a sending says of it, for adding it to what a receipt told before. */
async function keepOne(deps: FlowDeps, note: Note): Promise<void> {
  const result = await deps.store.write([note]);
  if (result.ok) return;
  const { status, error = null, externalId = null, cost } = note.set ?? {};
  if (result.reason === 'conflict' && isOvertaken(note, result.current)) return;
  // a receipt has closed it already: both words count
  if (result.reason === 'conflict' && status) return settle(deps, note.id, { status, error, externalId, cost });
  if (result.reason !== 'duplicate') return;
  // an id that the provider gave before is not ours to find receipts by; without it the sending is still done
  deps.log.error({ deliveryId: note.id }, 'the provider gave an external id twice');
  await deps.store.write([{ ...note, in: deliveries, set: { ...note.set, externalId: null } }]);
}

/**
 * Keeps what became of sendings of an inbox, and what the provider told of them before. May be repeated where it is not
 * known whether it was done.
 */
export async function keepNotes(deps: FlowDeps, inboxId: string, notes: readonly Note[]): Promise<void> {
  const whole = notes.length > 0 ? await deps.store.write(notes) : { ok: true };
  if (!whole.ok) for (const note of notes) await keepOne(deps, note);
  const named = notes.flatMap(({ set }) => set?.externalId ?? []);
  if (named.length > 0) await takeEarly(deps, inboxId, named);
}
