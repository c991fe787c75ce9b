import type { DeclaredStep } from './declare.ts';
import { accept } from './steps/accept.ts';
import { approveReply } from './steps/approve-reply.ts';
import { ask } from './steps/ask.ts';
import { assign } from './steps/assign.ts';
import { awaitStock } from './steps/await-stock.ts';
import { call } from './steps/call.ts';
import { classify } from './steps/classify.ts';
import { close } from './steps/close.ts';
import { decide } from './steps/decide.ts';
import { declineReply } from './steps/decline-reply.ts';
import { delay } from './steps/delay.ts';
import { escalate } from './steps/escalate.ts';
import { merge } from './steps/merge.ts';
import { pause } from './steps/pause.ts';
import { refer } from './steps/refer.ts';
import { reject } from './steps/reject.ts';
import { reopen } from './steps/reopen.ts';
import { reply } from './steps/reply.ts';
import { resolve } from './steps/resolve.ts';
import { restrict } from './steps/restrict.ts';
import { resume } from './steps/resume.ts';
import { returned } from './steps/return.ts';
import { sendBack } from './steps/send-back.ts';
import { start } from './steps/start.ts';
import { stockArrived } from './steps/stock-arrived.ts';
import { supplyDate } from './steps/supply-date.ts';
import { transfer } from './steps/transfer.ts';
import { unmerge } from './steps/unmerge.ts';
import { unsatisfied } from './steps/unsatisfied.ts';
import { withdrawReferral } from './steps/withdraw-referral.ts';

/** Every step that there is. */
export const steps: readonly DeclaredStep[] = [
  accept,
  reject,
  classify,
  transfer,
  assign,
  start,
  returned,
  sendBack,
  reply,
  approveReply,
  declineReply,
  ask,
  call,
  decide,
  pause,
  resume,
  delay,
  resolve,
  close,
  reopen,
  unsatisfied,
  awaitStock,
  supplyDate,
  stockArrived,
  escalate,
  merge,
  refer,
  restrict,
  unmerge,
  withdrawReferral,
];
