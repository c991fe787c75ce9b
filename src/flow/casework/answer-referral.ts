import type { StepOutcome } from '../../casework/scene.ts';
import { whoHasIt } from '../../casework/who-has-it.ts';
import { iso } from '../../clock.ts';
import { WaslError } from '../../errors.ts';
import { keyed } from '../../ids.ts';
import { inLanguage } from '../../language/language.ts';
import { type Attachment, attachments, here, messages } from '../../message/message.ts';
import { maskedWords } from '../../referral/masked-words.ts';
import { isEnded, type Referral, referralInbox, referralSecret, referrals } from '../../referral/referral.ts';
import type { Op } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { callableAt } from '../notice-ways.ts';
import { need, retrying } from '../retrying.ts';
import type { Aftermath } from '../staff.ts';
import { followTold } from '../staff-tickets.ts';
import { enterOutcome } from './enter-outcome.ts';
import { idOfLink } from './id-of-link.ts';
import type { OutsideActions, SeenReferral } from './outside.ts';
import { bodyOf } from './referral-letter.ts';
import { sceneOf } from './scene-of.ts';
import { personOf } from './survey-way.ts';

const mostFiles = 5;
const mostMessages = 20;
/** A file that no answer names is removed after this (ms). */
const keepMs = 24 * 3_600_000;

/** What the person wrote of the matter, without what they can be known by; of a restricted one nothing. */
async function wordsOf(
  { store }: FlowDeps,
  { number, subject, restricted }: Ticket,
  names: readonly string[],
): Promise<{ words: string[]; areOwn: boolean }> {
  if (restricted) return { words: [], areOwn: false };
  const where = { ticketNumber: number };
  const found = await store.find(messages, { index: 'by-ticket', where, limit: mostMessages });
  const said = found.items.filter(({ direction }) => direction === 'inbound').map(({ text }) => text);
  const all = (said.length > 0 ? said : [subject]).map((text) => maskedWords(text, names));
  return { words: [...new Set(all)].filter((text) => text !== ''), areOwn: said.length > 0 };
}

async function matterOf(deps: FlowDeps, referral: Referral, ticket: Ticket): Promise<SeenReferral['matter']> {
  const contact = await personOf(deps, ticket);
  const { consent, text: asked } = referral;
  const { type, service, openedAt } = ticket;
  const names = consent ? [] : [contact?.name, ticket.behalf?.name].flatMap((one) => one ?? []);
  const { words, areOwn } = await wordsOf(deps, ticket, names);
  const person =
    consent && contact ? { name: contact.name, phone: contact.phone ?? (await callableAt(deps, contact)) } : null;
  return { type, service, openedAt, asked, words, areOwn, person };
}

const isOver = ({ state, expiresAt }: Referral, now: string): boolean =>
  state === 'withdrawn' || state === 'expired' || (state === 'waiting' && expiresAt <= now);

/** The matter may have ended while the body was asked. */
async function requireOngoing(deps: FlowDeps, { ticketNumber }: Referral): Promise<void> {
  const ticket = await need(deps, tickets, ticketNumber, 'ticket');
  if (!isEnded(ticket)) return;
  throw new WaslError('gone', 'This matter has ended meanwhile: an answer is not needed any more. Thank you.');
}

/** The referral of a link that has not ended. */
async function referralOf(deps: FlowDeps, token: string): Promise<Referral> {
  const id = idOfLink(deps, referralSecret, token);
  const referral = await deps.store.get(referrals, id);
  if (!referral) throw new WaslError('not-found', 'This link is not valid.');
  if (isOver(referral, iso(deps.clock.now())))
    throw new WaslError('gone', 'This link has ended: nothing is waited for.');
  if (referral.state === 'waiting') await requireOngoing(deps, referral);
  return referral;
}

async function waitingReferral(deps: FlowDeps, token: string): Promise<Referral> {
  const referral = await referralOf(deps, token);
  if (referral.state === 'answered') throw new WaslError('conflict', 'It was answered already.');
  return referral;
}

async function seen(deps: FlowDeps, referral: Referral): Promise<SeenReferral> {
  const { at, dueAt, expiresAt, bodyId, files, ticketNumber, answer } = referral;
  const state = referral.state === 'answered' ? ('answered' as const) : ('waiting' as const);
  const ticket = await need(deps, tickets, ticketNumber, 'ticket');
  const matter = state === 'waiting' ? await matterOf(deps, referral, ticket) : null;
  return { state, at, dueAt, expiresAt, bodyId, files, ticketNumber, matter, answeredAt: answer?.at ?? null };
}

/** What an outside body sees by its link. */
export const readReferral =
  (deps: FlowDeps): OutsideActions['readReferral'] =>
  async (token) =>
    seen(deps, await referralOf(deps, token));

/** A file for the answer; its bytes are in the store already. */
export const addReferralFile =
  (deps: FlowDeps): OutsideActions['addReferralFile'] =>
  async (token, { id, name, type, bytes, sha256 }) => {
    const file = { id, name, type, bytes };
    const now = deps.clock.now();
    await retrying(async () => {
      const referral = await waitingReferral(deps, token);
      if (referral.files.length >= mostFiles)
        throw new WaslError('not-allowed', `At most ${mostFiles} files go with an answer.`);
      const document: Attachment = {
        ...{ ...file, ...here, version: 1, inboxId: referralInbox, address: referral.id, sha256 },
        conversationId: null,
        messageId: null,
        createdAt: iso(now),
        expiresAt: iso(now + keepMs),
      };
      const files = [...referral.files, file];
      const ops: Op[] = [
        { op: 'insert', in: attachments, document, onDuplicate: 'keep' },
        { op: 'update', in: referrals, id: referral.id, expect: referral.version, set: { files } },
      ];
      return { ops, result: null };
    }, deps);
    return file;
  };

/** The files that an answer names: the body's own, and still there. */
async function filesOf(deps: FlowDeps, referral: Referral, ids: readonly string[]) {
  const named = referral.files.filter(({ id }) => ids.includes(id));
  const kept = await deps.store.getMany(attachments, [...new Set(ids)]);
  const found = named.filter(({ id }) => kept.some((one) => one.id === id && one.address === referral.id));
  if (found.length === new Set(ids).size) return found;
  throw new WaslError('invalid', 'body.attachmentIds: one of the files is not there any more: add it again.');
}

async function answerOutcome(
  deps: FlowDeps,
  referral: Referral,
  { ticket, text, cause }: { ticket: Ticket; text: string; cause: string },
): Promise<StepOutcome> {
  const name = bodyOf(deps, referral.bodyId)?.name;
  const other = (language: Ticket['language']): string => (name ? inLanguage(name, language) : '');
  const values = { other: other(deps.content.organisation().organisation.defaultLanguage) };
  const told = whoHasIt(await sceneOf(deps, ticket, { cause }));
  const isOpen = ticket.status !== 'closed' && ticket.status !== 'rejected';
  return {
    changes: [{ kind: 'referral-answered', referralId: referral.id, text }],
    news: isOpen ? { kind: 'referralAnswered', values: { other: other(ticket.language) } } : null,
    alerts: told.map((agentId) => ({ kind: 'referral-answered', agentId, values })),
  };
}

/** The answer of an outside body, once: it lands in the ticket, which goes on; staff and the person are told. */
export const answerReferral =
  (deps: FlowDeps, after: Aftermath): OutsideActions['answerReferral'] =>
  async (token, given) => {
    const text = given.text.trim();
    const outcome = await retrying(async () => {
      const referral = await waitingReferral(deps, token);
      const { id, version, ticketNumber } = referral;
      const files = await filesOf(deps, referral, given.attachmentIds);
      const ticket = await need(deps, tickets, ticketNumber, 'ticket');
      const at = iso(deps.clock.now());
      const cause = keyed('referral', id, 'answered');
      const answered = { state: 'answered' as const, answer: { text, at, attachments: files }, files };
      const set = { ...answered, nextAt: null, mailAt: null };
      const ops: Op[] = [
        { op: 'update', in: referrals, id, expect: version, set },
        ...files.map((file): Op => ({ op: 'update', in: attachments, id: file.id, set: { expiresAt: null } })),
      ];
      const made = await answerOutcome(deps, referral, { ticket, text, cause });
      const doing = { at, actor: { kind: 'system' as const, id: null }, cause };
      const entered = await enterOutcome(deps, ticket, { outcome: { ...made, ops }, doing });
      return { ops: entered.ops, result: { entered, referral: { ...referral, ...set } } };
    }, deps);
    followTold(deps, after, outcome.entered);
    return seen(deps, outcome.referral);
  };
