import type { Action } from './actions.ts';
import type { Context, Responder } from './context.ts';
import { abuse } from './responders/abuse.ts';
import { agentHere } from './responders/agent-here.ts';
import { cameFrom } from './responders/came-from.ts';
import { cannotRead } from './responders/cannot-read.ts';
import { command } from './responders/command.ts';
import { confidential } from './responders/confidential.ts';
import { data } from './responders/data.ts';
import { details } from './responders/details.ts';
import { emergency } from './responders/emergency.ts';
import { letterFields } from './responders/fields.ts';
import { followUp } from './responders/follow-up.ts';
import { greeting } from './responders/greeting.ts';
import { intake } from './responders/intake.ts';
import { joinCode } from './responders/join-code.ts';
import { knowledge } from './responders/knowledge.ts';
import { openTicket } from './responders/open-ticket.ts';
import { outage } from './responders/outage.ts';
import { publicPost } from './responders/public-post.ts';
import { rating } from './responders/rating.ts';
import { screen } from './responders/screen.ts';
import { solved } from './responders/solved.ts';
import { standstill } from './responders/standstill.ts';
import { ticket } from './responders/ticket.ts';
import { toldWays } from './responders/told-ways.ts';

/** In this order; each may contribute or end the line (architecture.md section 4). */
export const responders: readonly Responder[] = [
  screen,
  publicPost,
  toldWays,
  cannotRead,
  cameFrom,
  joinCode,
  rating,
  solved,
  agentHere,
  emergency,
  abuse,
  standstill,
  greeting,
  data,
  command,
  confidential,
  letterFields,
  details,
  followUp,
  outage,
  openTicket,
  intake,
  knowledge,
  ticket,
];

/** The context as the next responder must see it: with what has been decided so far. */
const learn = (context: Context, action: Action): Context => {
  if (action.do === 'know') return { ...context, contact: { ...context.contact, ...action.fields } };
  if (action.do === 'language') return { ...context, ...context.speak(action.language) };
  if (action.do === 'tie') {
    const openTicket = action.openTicket ?? context.conversation.openTicket;
    return { ...context, conversation: { ...context.conversation, cameFrom: action.from, openTicket } };
  }
  if (action.do === 'unlink-ticket') return { ...context, conversation: { ...context.conversation, openTicket: null } };
  if (action.do === 'dialogue') {
    const dialogue = { ...context.conversation.dialogue, ...action.set };
    return { ...context, conversation: { ...context.conversation, dialogue } };
  }
  return context;
};

/** Decides a turn: the actions to perform and why. Pure: the same context gives the same decision. */
export function respond(start: Context): { actions: Action[]; reasons: string[] } {
  const actions: Action[] = [];
  const reasons: string[] = [];
  let context = start;
  for (const responder of responders) {
    const contribution = responder(context);
    if (!contribution) continue;
    actions.push(...contribution.actions);
    reasons.push(...contribution.reasons);
    if (contribution.end) break;
    context = contribution.actions.reduce(learn, context);
  }
  return { actions, reasons };
}
