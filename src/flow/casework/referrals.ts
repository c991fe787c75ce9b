import type { AlertDraft, StepOutcome } from '../../casework/scene.ts';
import { whoHasIt } from '../../casework/who-has-it.ts';
import { iso } from '../../clock.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import { keyed } from '../../ids.ts';
import { inLanguage } from '../../language/language.ts';
import { isEnded, type Referral, referrals, timed } from '../../referral/referral.ts';
import type { Update } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { need, retrying } from '../retrying.ts';
import { alertOps } from './alert-ops.ts';
import { keepDue } from './due-ones.ts';
import { enterOutcome } from './enter-outcome.ts';
import type { Job } from './jobs.ts';
import { bodyOf, letterChannels, sendReferralLetter } from './referral-letter.ts';
import { sceneOf } from './scene-of.ts';

const system = { kind: 'system', id: null } as const;
/** Whoever takes a letter in hand has it for so long (ms). */
const leaseMs = 120_000;
/** A letter that did not leave is tried again after 1, 4, 16 … minutes, so often. */
const mostTries = 6;
const againMs = (tries: number): number => 60_000 * 4 ** (tries - 1);
/** An inbox that is not well is looked at again after this (ms). */
const notWellMs = 300_000;

type Change = Partial<Omit<Referral, 'id' | 'version'>>;

/** A change of a referral where nobody changed it meanwhile. */
function changeOp(referral: Referral, change: Change): Update<Referral> {
  const { id, version: _version, ...set } = timed({ ...referral, ...change });
  return { op: 'update', in: referrals, id, expect: referral.version, set };
}

/** Keeps such a change; gives the referral as it is then, or null. */
async function keep(deps: FlowDeps, referral: Referral, change: Change): Promise<Referral | null> {
  const result = await deps.store.write([changeOp(referral, change)]);
  return result.ok ? (result.documents[0] as Referral) : null;
}

const isLetterDue = ({ mailAt }: Referral, now: string): boolean => mailAt !== null && mailAt <= now;

/** What came of a letter, whatever happened to the referral meanwhile. */
const noteLetter = (deps: FlowDeps, id: string, change: Change): Promise<null> =>
  retrying<null>(
    async () => ({ ops: [changeOp(await need(deps, referrals, id, 'referral'), change)], result: null }),
    deps,
  );

/** Sends the letter that is due: claimed first, so that no two processes write it. */
async function writeLetter(deps: FlowDeps, referral: Referral): Promise<void> {
  const now = deps.clock.now();
  const body = bodyOf(deps, referral.bodyId);
  const mine = letterChannels(deps).filter(({ inboxId }) => deps.serves(inboxId));
  if (!body?.email || letterChannels(deps).length === 0) {
    await keep(deps, referral, { mail: 'none', mailAt: null });
    return;
  }
  const by = mine.find((channel) => channel.state().state === 'connected');
  if (!by) {
    await keep(deps, referral, { mailAt: iso(now + notWellMs) });
    return;
  }
  const claimed = await keep(deps, referral, { mailAt: iso(now + leaseMs), tries: referral.tries + 1 });
  if (!claimed) return;
  try {
    await sendReferralLetter(deps, claimed, { body, by });
    await noteLetter(deps, claimed.id, { mail: 'sent', mailAt: null, tries: 0 });
  } catch (error) {
    deps.log.warn({ err: error, referralId: referral.id }, 'a letter to an outside body did not leave');
    const isLost = claimed.tries >= mostTries;
    const mailAt = isLost ? null : iso(now + againMs(claimed.tries));
    await noteLetter(deps, claimed.id, { mail: isLost ? 'failed' : 'waiting', mailAt });
  }
}

/** That nothing has come yet, as whoever minds the ticket is told it. */
async function lateAlerts(deps: FlowDeps, referral: Referral, ticket: Ticket, cause: string): Promise<AlertDraft[]> {
  const scene = await sceneOf(deps, ticket, { cause });
  const named = bodyOf(deps, referral.bodyId)?.name;
  const other = named ? inLanguage(named, deps.content.organisation().organisation.defaultLanguage) : '';
  const values = { other, expectedAt: referral.dueAt };
  return whoHasIt(scene).map((agentId) => ({ kind: 'referral-late', agentId, values }));
}

/** Staff are told that an answer is late, once. */
const tellLate = (deps: FlowDeps, id: string): Promise<null> =>
  retrying<null>(async () => {
    const referral = await need(deps, referrals, id, 'referral');
    if (referral.state !== 'waiting' || referral.lateAt !== null) return { ops: [], result: null };
    const at = iso(deps.clock.now());
    const cause = keyed('referral', id, 'late');
    const ticket = await need(deps, tickets, referral.ticketNumber, 'ticket');
    const alerts = await lateAlerts(deps, referral, ticket, cause);
    const ops = alertOps(alerts, { ticketNumber: ticket.number, cause, at });
    return { ops: [changeOp(referral, { lateAt: at }), ...ops], result: null };
  }, deps);

/** The body is waited for no more: its link ends, the ticket goes on, of what expired staff are told; one unit. */
const end = (deps: FlowDeps, id: string, why: 'expired' | 'withdrawn'): Promise<Conversation | null> =>
  retrying<Conversation | null>(async () => {
    const referral = await need(deps, referrals, id, 'referral');
    if (referral.state !== 'waiting') return { ops: [], result: null };
    const cause = keyed('referral', id, why);
    const ticket = await need(deps, tickets, referral.ticketNumber, 'ticket');
    const outcome: StepOutcome = {
      changes: [{ kind: 'referral-ended', referralId: id, why }],
      alerts: why === 'expired' ? await lateAlerts(deps, referral, ticket, cause) : [],
      ops: [changeOp(referral, { state: why, mailAt: null })],
    };
    const doing = { at: iso(deps.clock.now()), actor: system, cause };
    const { ops, told } = await enterOutcome(deps, ticket, { outcome, doing });
    return { ops, result: told };
  }, deps);

/** What is due first with one referral. */
async function keepReferral(deps: FlowDeps, referral: Referral): Promise<Conversation | null> {
  const now = iso(deps.clock.now());
  const ticket = await need(deps, tickets, referral.ticketNumber, 'ticket');
  if (isEnded(ticket)) return end(deps, referral.id, 'withdrawn');
  if (referral.expiresAt <= now) return end(deps, referral.id, 'expired');
  if (isLetterDue(referral, now)) await writeLetter(deps, referral);
  else if (referral.lateAt === null && referral.dueAt <= now) return tellLate(deps, referral.id);
  else if (referral.remindedAt === null && referral.remindAt <= now) {
    const hasEmail = Boolean(bodyOf(deps, referral.bodyId)?.email);
    const letter = hasEmail ? ({ mail: 'waiting', mailAt: now, tries: 0 } as const) : {};
    await keep(deps, referral, { remindedAt: now, ...letter });
  } else await keep(deps, referral, {});
  return null;
}

/** A letter is written where its inbox is served; all else by whomever the share falls to. */
function isOurs(deps: FlowDeps, referral: Referral): boolean {
  const isLetter = isLetterDue(referral, iso(deps.clock.now())) && referral.expiresAt > iso(deps.clock.now());
  const all = letterChannels(deps);
  if (!isLetter || all.length === 0) return deps.members.isMine(referral.id);
  return all.some(({ inboxId }) => deps.serves(inboxId));
}

/** Writes to outside bodies what is referred to them, reminds them, tells staff what is late, and ends what nobody answers. */
export const keepReferrals: Job = (deps, { deliver, isStopped }) =>
  keepDue(deps, referrals, {
    isStopped,
    isOurs: (one) => isOurs(deps, one),
    async keep(one) {
      const conversation = await keepReferral(deps, one);
      if (conversation) deliver(conversation);
    },
  });
