import type { Router } from 'express';
import type { Clock } from '../../../src/clock.ts';
import type { Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';

export type Provider = 'unifonic' | 'taqnyat' | 'twilio';

/** Why a provider does not take a message. */
export type Refusal =
  | 'auth'
  | 'balance'
  | 'number'
  | 'too-long'
  | 'too-short'
  | 'route'
  | 'sender'
  | 'body'
  | 'duplicate'
  | 'opted-out'
  | 'filtered'
  /** A trial account writes to verified numbers only. */
  | 'unverified'
  | 'rate';

/** What becomes of a message, in words of all three. */
export type ReportStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed';

/** A message that a provider took, for one number. */
export interface SentSms {
  provider: Provider;
  /** The provider's own id. */
  id: string;
  /** Digits with the country code, without plus. */
  to: string;
  sender: string;
  text: string;
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  /** In the account's currency. */
  cost: number;
  currency: string;
  /** Unifonic's `CorrelationID`, Taqnyat's `smsId`; null where there was none. */
  correlation: string | null;
  /** Where reports on this message alone go. */
  callbackUrl: string | null;
  /** Twilio's Messaging Service, where the message went through one. */
  service: string | null;
  /** When it was taken, by the clock. */
  at: number;
  /** What was reported so far, in order. */
  reports: ReportStatus[];
  /** The provider's code of the last report that was a failure. */
  error: string | null;
}

/** What stands between a body and a provider. */
export interface Account {
  /** Twilio's AccountSid; empty for the others, who know their customers by the token. */
  account: string;
  /** AppSid, bearer token, or auth token. */
  token: string;
  sender: string;
  /** Of one segment. A figure of the simulator's, from no price list. */
  price: number;
  currency: string;
  balance: number;
}

/** What is answered to a request. `code` is the provider's own, for whoever reads the record. */
export interface Answer {
  status: number;
  body: unknown;
  code?: string | number;
}

/** What was asked of a provider, and what it answered. Status 0: no answer was given. */
export interface RecordedRequest {
  provider: Provider;
  method: string;
  /** Below the provider's base URL. */
  path: string;
  authorization: string | null;
  body: unknown;
  at: number;
  status: number;
  code: string | number | null;
}

/** A post to the body's webhook. */
export interface Callback {
  url: string;
  type: string;
  raw: string;
  headers: Record<string, string>;
  /** Waits before each further attempt, and which answers call for one. */
  retryDelaysMs: readonly number[];
  isFinal(status: number): boolean;
}

/** What the providers work with. */
export interface Desk {
  clock: Clock;
  accounts: Record<Provider, Account>;
  ledger: Ledger;
  faults: Faults;
  /** The URL that is set in the account, if any. */
  webhookUrl(provider: Provider): string | null;
  record(request: RecordedRequest): void;
}

/** A report to be told. `error` is a code of the provider. */
export interface Report {
  message: SentSms;
  status: ReportStatus;
  error: string | null;
}

/** How a post is bent: a wrong signature or none (Twilio's alone are signed), or the same post several times. */
export interface Bent {
  signature?: 'good' | 'wrong' | 'none';
  times?: number;
}

/** How one provider speaks. */
export interface ProviderModel {
  name: Provider;
  /** Its routes below its base URL. */
  routes(desk: Desk): Router;
  refuse(what: Refusal): Answer;
  /** The message is refused although the HTTP status says that all is well. */
  refuseWithin(): Answer;
  /** The post that tells of a report; null where the provider tells nobody. */
  callback(desk: Desk, report: Report): Callback | null;
}
