import type { StepOutcome } from '../../casework/scene.ts';
import { sendAgain } from '../../casework/send-again.ts';
import { iso } from '../../clock.ts';
import { WaslError } from '../../errors.ts';
import { keyed } from '../../ids.ts';
import type { Op } from '../../store/port.ts';
import { type Survey, surveySecret, surveys } from '../../survey/survey.ts';
import type { TicketChange } from '../../ticket/events.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { need, retrying } from '../retrying.ts';
import type { Aftermath } from '../staff.ts';
import { followTold } from '../staff-tickets.ts';
import { enterOutcome } from './enter-outcome.ts';
import { idOfLink } from './id-of-link.ts';
import type { OutsideActions, SeenSurvey, SurveyAnswer } from './outside.ts';
import { sceneOf } from './scene-of.ts';

/** From here down the person is asked whether the matter is to be looked at again. */
const low = 2;

/** The survey of a link that has not ended. */
async function surveyOf(deps: FlowDeps, token: string): Promise<Survey> {
  const survey = await deps.store.get(surveys, idOfLink(deps, surveySecret, token));
  if (!survey || survey.sentAt === null) throw new WaslError('not-found', 'This link is not valid.');
  const isOver = survey.state === 'skipped' || survey.state === 'expired';
  const isLate = survey.expiresAt !== null && survey.expiresAt <= iso(deps.clock.now());
  if (isOver || isLate) throw new WaslError('gone', 'This link has ended: the survey is closed.');
  return survey;
}

const mayReopen = ({ service, reopened }: Survey, { status, mergedInto }: Ticket): boolean =>
  service !== null && service <= low && !reopened && status === 'closed' && mergedInto === null;

function seen(survey: Survey, ticket: Ticket): SeenSurvey {
  const { service, employee, comment, reopened, ticketNumber, state, addedAt } = survey;
  const isAnswered = state === 'answered';
  return {
    state: isAnswered ? 'answered' : 'waiting',
    ticketNumber,
    language: ticket.language,
    ...{ service, employee, comment, reopened },
    hasEmployee: survey.agentId !== null,
    mayAdd: isAnswered && addedAt === null,
    mayReopen: isAnswered && addedAt === null && mayReopen(survey, ticket),
  };
}

/** What whoever has the link sees. */
export const readSurvey =
  (deps: FlowDeps): OutsideActions['readSurvey'] =>
  async (token) => {
    const survey = await surveyOf(deps, token);
    return seen(survey, await need(deps, tickets, survey.ticketNumber, 'ticket'));
  };

const addsNothing = ({ employee, comment, reopen }: SurveyAnswer): boolean =>
  employee === undefined && (comment ?? '').trim() === '' && reopen !== true;

/** Refuses what was given before: the score once, what goes beside it once. */
function requireFirst({ state, addedAt }: Survey, answer: SurveyAnswer): void {
  const isAnswered = state === 'answered';
  if (isAnswered && (answer.service !== undefined || addedAt !== null))
    throw new WaslError('conflict', 'It was answered already.');
  if (!isAnswered && answer.service === undefined)
    throw new WaslError('invalid', 'body.service: give the service a score from 1 (poor) to 5 (very good).');
  if (isAnswered && addsNothing(answer))
    throw new WaslError('invalid', 'body: give the employee a score, or write a comment.');
}

/** The survey with what was answered now. */
function answered(survey: Survey, answer: SurveyAnswer, at: string): Survey {
  const comment = answer.comment?.trim() || survey.comment;
  return {
    ...survey,
    state: 'answered',
    service: answer.service ?? survey.service,
    employee: answer.employee ?? survey.employee,
    comment,
    answeredAt: survey.answeredAt ?? at,
    addedAt: addsNothing(answer) ? survey.addedAt : at,
    nextAt: null,
  };
}

function ratedOf({ service, employee, comment }: Survey): TicketChange {
  return {
    kind: 'rated',
    score: service ?? 1,
    ...(employee === null ? {} : { employee }),
    ...(comment === null ? {} : { comment }),
  };
}

/** What the answer is to the ticket: a score, and, where the person wishes, one more round (SV-08, WF-06). */
async function outcomeOf(
  deps: FlowDeps,
  { survey, ticket, again }: { survey: Survey; ticket: Ticket; again: boolean },
  cause: string,
): Promise<StepOutcome> {
  const rated = { changes: [ratedOf(survey)] };
  if (!again) return rated;
  const sent = sendAgain(await sceneOf(deps, ticket, { cause }), survey.comment ?? '');
  const news = { kind: 'reopened' as const, values: {} };
  return { ...sent, news, changes: [...rated.changes, ...sent.changes] };
}

/** Whether the person has the ticket opened again; refused where that is not possible. */
function wantsAgain(survey: Survey, ticket: Ticket, { reopen }: SurveyAnswer): boolean {
  if (reopen !== true) return false;
  if (mayReopen(survey, ticket)) return true;
  const sentence = 'The ticket can be opened again only once it is closed, and after a score of 1 or 2.';
  throw new WaslError('not-allowed', sentence);
}

/** Takes an answer, as one unit with the ticket's ledger. A second one is a `conflict`. */
export const answerSurvey =
  (deps: FlowDeps, after: Aftermath): OutsideActions['answerSurvey'] =>
  async (token, answer) => {
    const outcome = await retrying(async () => {
      const before = await surveyOf(deps, token);
      requireFirst(before, answer);
      const ticket = await need(deps, tickets, before.ticketNumber, 'ticket');
      const at = iso(deps.clock.now());
      const given = answered(before, answer, at);
      const again = wantsAgain(given, ticket, answer);
      const survey = { ...given, reopened: again };
      const cause = keyed('survey', before.id, before.version);
      const actor = { kind: 'contact' as const, id: ticket.contactId };
      const { id, version: _version, ...set } = survey;
      const ops: Op[] = [{ op: 'update', in: surveys, id, expect: before.version, set }];
      const decided = await outcomeOf(deps, { survey, ticket, again }, cause);
      const outcome = { ...decided, ops: [...ops, ...(decided.ops ?? [])] };
      const entered = await enterOutcome(deps, ticket, { outcome, doing: { at, actor, cause } });
      return { ops: entered.ops, result: { entered, survey } };
    }, deps);
    followTold(deps, after, outcome.entered);
    return seen(outcome.survey, outcome.entered.ticket);
  };
