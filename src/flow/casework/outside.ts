import type { Attachment } from '../../message/message.ts';
import type { Referral } from '../../referral/referral.ts';
import type { Survey } from '../../survey/survey.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import type { Aftermath } from '../staff.ts';
import { addReferralFile, answerReferral, readReferral } from './answer-referral.ts';
import { answerSurvey, readSurvey } from './answer-survey.ts';

/** What a person answers to a survey: at first the score of the service, then once what they wish to add. */
export interface SurveyAnswer {
  service?: number | undefined;
  employee?: number | undefined;
  comment?: string | undefined;
  /** The matter is not solved: it is to be looked at again (SV-08). */
  reopen?: boolean | undefined;
}

/** A survey as whoever has its link sees it. Of the matter only the number. */
export interface SeenSurvey extends Pick<Survey, 'service' | 'employee' | 'comment' | 'reopened'> {
  state: 'waiting' | 'answered';
  ticketNumber: string;
  language: Ticket['language'];
  /** Somebody of staff had a hand in it. */
  hasEmployee: boolean;
  /** Whether the employee's score and a comment can still be given. */
  mayAdd: boolean;
  /** Whether the person may have the ticket opened again. */
  mayReopen: boolean;
}

/** A referral as the body that has its link sees it; once it is answered nothing of the matter is shown. */
export interface SeenReferral extends Pick<Referral, 'at' | 'dueAt' | 'expiresAt' | 'bodyId' | 'files'> {
  state: 'waiting' | 'answered';
  ticketNumber: string;
  matter: {
    type: Ticket['type'];
    service: string | null;
    openedAt: string;
    /** What the body is asked. */
    asked: string;
    /** The person's own words, masked; what it is about in the words of staff where they wrote none. */
    words: string[];
    areOwn: boolean;
    /** Only where the person agreed. */
    person: { name: string | null; phone: string | null } | null;
  } | null;
  answeredAt: string | null;
}

/**
 * What people outside do by the link that they were given. All reject with `WaslError`: `not-found` for a token that was not
 * made here, `gone` where the link has ended, `conflict` where it was used.
 */
export interface OutsideActions {
  readSurvey(token: string): Promise<SeenSurvey>;
  answerSurvey(token: string, answer: SurveyAnswer): Promise<SeenSurvey>;
  readReferral(token: string): Promise<SeenReferral>;
  addReferralFile(
    token: string,
    file: Pick<Attachment, 'id' | 'name' | 'type' | 'bytes' | 'sha256'>,
  ): Promise<SeenReferral['files'][number]>;
  answerReferral(token: string, answer: { text: string; attachmentIds: readonly string[] }): Promise<SeenReferral>;
}

/** Everything that people outside may do. */
export const createOutsideActions = (deps: FlowDeps, after: Aftermath): OutsideActions => ({
  readSurvey: readSurvey(deps),
  answerSurvey: answerSurvey(deps, after),
  readReferral: readReferral(deps),
  addReferralFile: addReferralFile(deps),
  answerReferral: answerReferral(deps, after),
});
