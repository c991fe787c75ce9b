import { later } from '../../casework/later.ts';
import { iso } from '../../clock.ts';
import type { Contact } from '../../contact/contact.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import { linkToken } from '../../link-token.ts';
import { notices } from '../../notice/notice.ts';
import type { Op } from '../../store/port.ts';
import { type SkipReason, type Survey, surveySecret, surveys } from '../../survey/survey.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { isWanted, newNotice } from '../new-notice.ts';
import { retrying } from '../retrying.ts';
import { askInChat, openChat } from './ask-in-chat.ts';
import { keepDue } from './due-ones.ts';
import type { Job } from './jobs.ts';
import { personOf, surveyWay, whyNotSurveyed } from './survey-way.ts';

type Change = Partial<Omit<Survey, 'id' | 'version'>>;

interface About {
  ticket: Ticket;
  contact: Contact;
}

/** What is done with a survey now: how it changes, and what is written beside it. */
interface Done {
  set: Change;
  ops?: Op[];
  conversation?: Conversation;
}

/** The address of the page on which a survey is answered. */
export const surveyLink = ({ publicUrl, secret }: Pick<FlowDeps, 'publicUrl' | 'secret'>, id: string): string =>
  `${publicUrl}/survey/${linkToken(secret(surveySecret), id)}`;

const skipped = (skipReason: SkipReason): Done => ({ set: { state: 'skipped', skipReason, nextAt: null } });

const earlier = (one: string, other: string): string => (one < other ? one : other);

/** It was asked now: from here on its own times run. */
function asked(deps: FlowDeps, via: NonNullable<Survey['via']>): Change {
  const organisation = deps.content.organisation();
  const { remind, expires } = organisation.casework.times.survey;
  const sentAt = iso(deps.clock.now());
  const remindAt = later(organisation, sentAt, remind);
  const expiresAt = later(organisation, sentAt, expires);
  return { sentAt, via, remindAt, expiresAt, nextAt: earlier(remindAt, expiresAt) };
}

/** The notice that leads to the page; whoever tells notices finds the way. */
function noticeOp(deps: FlowDeps, survey: Survey, { ticket, contact }: About, kind: 'survey' | 'surveyAgain'): Op {
  const about = { ticketNumber: ticket.number, contactId: contact.id };
  const values = { link: surveyLink(deps, survey.id) };
  const document = newNotice({ ...about, kind, values }, survey.id, iso(deps.clock.now()));
  return { op: 'insert', in: notices, document, onDuplicate: 'keep' };
}

async function ask(deps: FlowDeps, survey: Survey, about: About): Promise<Done> {
  const why = await whyNotSurveyed(deps, survey, about);
  if (why) return skipped(why);
  const values = { link: surveyLink(deps, survey.id) };
  const found = await surveyWay(deps, { kind: 'survey', values, ...about });
  if ('why' in found) return skipped(found.why);
  if ('until' in found) return { set: { nextAt: found.until } };
  const conversation = await openChat(deps, found.way);
  if (!conversation) return { set: asked(deps, 'link'), ops: [noticeOp(deps, survey, about, 'survey')] };
  const performed = await askInChat(deps, survey, { ...about, conversation });
  return { set: asked(deps, 'chat'), ops: performed.ops, conversation: performed.conversation };
}

function remind(deps: FlowDeps, survey: Survey, about: About): Done {
  if (about.ticket.status !== 'closed') return skipped('reopened');
  if (about.contact.blockedAt !== null) return skipped('blocked');
  const set = { remindAt: null, remindedAt: iso(deps.clock.now()), nextAt: survey.expiresAt };
  return { set, ops: isWanted(deps, 'surveyAgain') ? [noticeOp(deps, survey, about, 'surveyAgain')] : [] };
}

async function next(deps: FlowDeps, survey: Survey, now: string): Promise<Done> {
  if (survey.expiresAt !== null && survey.expiresAt <= now) return { set: { state: 'expired', nextAt: null } };
  const ticket = await deps.store.get(tickets, survey.ticketNumber);
  const contact = ticket && (await personOf(deps, ticket));
  if (!ticket || !contact) return skipped('no-way');
  return survey.sentAt === null ? ask(deps, survey, { ticket, contact }) : remind(deps, survey, { ticket, contact });
}

/** Does what is due with one survey, as one unit under its version. Gives the conversation in which something was said. */
const keepSurvey = (deps: FlowDeps, id: string): Promise<Conversation | null> =>
  retrying<Conversation | null>(async () => {
    const survey = await deps.store.get(surveys, id);
    const now = iso(deps.clock.now());
    const isDue = survey?.state === 'waiting' && survey.nextAt !== null && survey.nextAt <= now;
    if (!survey || !isDue) return { ops: [], result: null };
    const { set, ops = [], conversation = null } = await next(deps, survey, now);
    return { ops: [{ op: 'update', in: surveys, id, expect: survey.version, set }, ...ops], result: conversation };
  }, deps);

/** Asks whoever had a ticket closed what they thought of it, once more where they said nothing, and then no more (WF-09, SV-01..06). */
export const keepSurveys: Job = (deps, { deliver, isStopped }) =>
  keepDue(deps, surveys, {
    isStopped,
    isOurs: ({ id }) => deps.members.isMine(id),
    async keep({ id }) {
      const conversation = await keepSurvey(deps, id);
      if (conversation) deliver(conversation);
    },
  });
