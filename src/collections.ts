import { agents } from './agent/agent.ts';
import { audit } from './agent/audit.ts';
import { agentGuards } from './agent/change-agents.ts';
import { sessions } from './agent/session.ts';
import { signInAttempts } from './agent/sign-in-attempts.ts';
import { apiTokens } from './agent/token.ts';
import { alerts } from './alert/alert.ts';
import { deputies } from './casework/deputies.ts';
import { handovers } from './casework/handovers.ts';
import { reckonings } from './casework/reckoning.ts';
import { repetitions } from './casework/repetition.ts';
import { leases, members, signals } from './cluster/stored.ts';
import { addresses, contacts } from './contact/contact.ts';
import { joinCodes, joinings } from './contact/joining.ts';
import { conversations, decisions } from './conversation/conversation.ts';
import { channelNotes } from './flow/sink.ts';
import { keyedAnswers } from './http/once.ts';
import { approvedTemplates } from './inbox/approved-templates.ts';
import { keptConditions } from './inbox/conditions.ts';
import { inboxes } from './inbox/inbox.ts';
import { incidents } from './incident/incident.ts';
import { articleImports, articles } from './knowledge/articles.ts';
import { arrivals, earlyReceipts } from './message/arrival.ts';
import { attachments, deliveries, messages } from './message/message.ts';
import { sources } from './message/sources.ts';
import { starts } from './message/starts.ts';
import { notices } from './notice/notice.ts';
import { codeAttempts, oneTimeCodes } from './one-time-code/one-time-code.ts';
import { settings } from './organisation/settings.ts';
import { questions } from './question/question.ts';
import { suggestions } from './question/suggestion.ts';
import { referrals } from './referral/referral.ts';
import { caseloads, recounts, talliedTickets, tallies } from './report/tally.ts';
import { weeklyPlans, weeklyReports } from './report/weekly-sending.ts';
import type { AnyCollection } from './store/port.ts';
import { ratings } from './survey/rating.ts';
import { surveys } from './survey/survey.ts';
import { ticketEvents } from './ticket/events.ts';
import { matters } from './ticket/matters.ts';
import { tickets } from './ticket/ticket.ts';
import { untallied } from './ticket/untallied.ts';

/** Everything that Wasl keeps. A collection that is not in this list does not exist. */
export const collections: readonly AnyCollection[] = [
  addresses,
  agentGuards,
  agents,
  alerts,
  apiTokens,
  approvedTemplates,
  arrivals,
  articleImports,
  articles,
  attachments,
  audit,
  caseloads,
  channelNotes,
  codeAttempts,
  contacts,
  conversations,
  decisions,
  deliveries,
  deputies,
  earlyReceipts,
  handovers,
  inboxes,
  incidents,
  joinCodes,
  joinings,
  keptConditions,
  keyedAnswers,
  leases,
  matters,
  members,
  messages,
  notices,
  oneTimeCodes,
  questions,
  ratings,
  reckonings,
  recounts,
  referrals,
  repetitions,
  sessions,
  settings,
  signals,
  signInAttempts,
  sources,
  starts,
  suggestions,
  surveys,
  talliedTickets,
  tallies,
  ticketEvents,
  tickets,
  untallied,
  weeklyPlans,
  weeklyReports,
];
