import { iso } from '../../clock.ts';
import { type Contact, contacts } from '../../contact/contact.ts';
import { whoItIsNow } from '../../contact/who-it-is-now.ts';
import { messages } from '../../message/message.ts';
import { quietUntil } from '../../notice/quiet.ts';
import { workingZone } from '../../organisation/working-zone.ts';
import { restMs } from '../../survey/may-ask.ts';
import type { SkipReason, Survey } from '../../survey/survey.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { isGrave } from '../ask-rating.ts';
import type { FlowDeps } from '../deps.ts';
import { isWanted } from '../new-notice.ts';
import { planNotice, type Way } from '../notice.ts';
import { isPresent, noticeWays, type Telling } from '../notice-ways.ts';
import { lastAsked } from '../person-facts.ts';

/** After this time since the end of the ticket it is too late to ask (ms): what was down for long asks nobody of old things. */
const lateMs = 3 * 86_400_000;
const mostMessages = 20;

/** Whether the person's own words tell of a death, a danger, something for few eyes, or are but insults. */
async function whyBySaid({ store, content }: FlowDeps, { number, subject }: Ticket): Promise<SkipReason | null> {
  const where = { ticketNumber: number };
  const found = await store.find(messages, { index: 'by-ticket', where, limit: mostMessages });
  const said = found.items.filter(({ direction }) => direction === 'inbound').map(({ text }) => text);
  const read = [subject, ...said].map((text) => content.understand(text));
  if (read.some(isGrave)) return 'grave';
  return read.some(({ abusive }) => abusive) ? 'abuse' : null;
}

const isWithin = (now: number, at: string | null, ms: number): boolean => at !== null && now - Date.parse(at) < ms;

/** Why somebody is not asked about a closed ticket; null where they are. */
export async function whyNotSurveyed(
  deps: FlowDeps,
  survey: Survey,
  { ticket, contact }: { ticket: Ticket; contact: Contact },
): Promise<SkipReason | null> {
  const now = deps.clock.now();
  if (ticket.status !== 'closed') return 'reopened';
  if (ticket.restricted) return 'restricted';
  if (!isWithin(now, survey.at, lateMs)) return 'late';
  if (!isWanted(deps, 'survey')) return 'not-wanted';
  if (contact.blockedAt !== null) return 'blocked';
  if (isWithin(now, await lastAsked(deps.store, contact.id), restMs)) return 'asked-lately';
  return whyBySaid(deps, ticket);
}

/** Whoever the ticket's person turned out to be. */
export async function personOf({ store }: FlowDeps, { contactId }: Ticket): Promise<Contact | null> {
  const contact = await store.get(contacts, contactId);
  return contact && whoItIsNow(store, contact);
}

/** The way to the person: one that can be taken now, one that is quiet until a time, or why there is none. */
export type SurveyWay = { way: Way } | { until: string } | { why: SkipReason };

/** The cheapest allowed way to ask. Rejects where that cannot be found out now. */
export async function surveyWay(deps: FlowDeps, telling: Telling): Promise<SurveyWay> {
  const { ways, isWhole } = await noticeWays(deps, telling);
  const way = planNotice({ contact: telling.contact, ways });
  if (!way && !isWhole) throw new Error('no way to the person is known, and an inbox could not be asked');
  if (!way) return { why: ways.some(({ optedOut }) => optedOut) ? 'opted-out' : 'no-way' };
  const organisation = deps.content.organisation();
  const quiet = way.rings ? (organisation.organisation.notices?.quiet ?? null) : null;
  const until = quiet && quietUntil(quiet, workingZone(organisation), deps.clock.now());
  return until === null || (await isPresent(deps, telling)) ? { way } : { until: iso(until) };
}
