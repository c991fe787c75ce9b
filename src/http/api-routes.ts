import type { HttpDeps } from './deps.ts';
import type { AnyRoute } from './route.ts';
import { agentRoutes } from './routes/agents.ts';
import { alertRoutes } from './routes/alerts.ts';
import { answerRoutes } from './routes/answer.ts';
import { arrivalRoutes } from './routes/arrivals.ts';
import { articleImportRoutes } from './routes/article-import.ts';
import { articleRoutes } from './routes/articles.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { auditRoutes } from './routes/audit.ts';
import { calendarRoutes } from './routes/calendars.ts';
import { caseworkStepRoutes } from './routes/casework-steps.ts';
import { contactRoutes } from './routes/contacts.ts';
import { conversationActionRoutes } from './routes/conversation-actions.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { deadlineRoutes } from './routes/deadlines.ts';
import { deputyRoutes } from './routes/deputies.ts';
import { effectRoutes } from './routes/effects.ts';
import { handoverRoutes } from './routes/handovers.ts';
import { inboxRoutes } from './routes/inboxes.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { joiningRoutes } from './routes/joinings.ts';
import { messageRoutes } from './routes/messages.ts';
import { objectionRoutes } from './routes/objections.ts';
import { phoneCodeRoutes } from './routes/phone-codes.ts';
import { questionRoutes } from './routes/questions.ts';
import { ratingRoutes } from './routes/ratings.ts';
import { referralRoutes } from './routes/referrals.ts';
import { reportRoutes } from './routes/reports.ts';
import { sessionRoutes } from './routes/session.ts';
import { settingRoutes } from './routes/settings.ts';
import { stockRoutes } from './routes/stock.ts';
import { suggestionRoutes } from './routes/suggestions.ts';
import { surveyRoutes } from './routes/surveys.ts';
import { templateRoutes } from './routes/templates.ts';
import { ticketFieldRoutes } from './routes/ticket-fields.ts';
import { ticketListRoutes } from './routes/ticket-list.ts';
import { ticketNoticeRoutes } from './routes/ticket-notices.ts';
import { ticketRoutes } from './routes/tickets.ts';
import { tokenRoutes } from './routes/tokens.ts';

export const apiBase = '/api/v1';

/** Every route of the API, in the order of the documentation. */
export const apiRoutes = (deps: HttpDeps): AnyRoute[] => [
  ...sessionRoutes(deps),
  ...conversationRoutes(deps),
  ...conversationActionRoutes(deps),
  ...messageRoutes(deps),
  ...attachmentRoutes(deps),
  ...contactRoutes(deps),
  ...joiningRoutes(deps),
  ...phoneCodeRoutes(deps),
  ...ticketListRoutes(deps),
  ...stockRoutes(deps),
  ...ticketRoutes(deps),
  ...ticketNoticeRoutes(deps),
  ...caseworkStepRoutes(deps),
  ...objectionRoutes(deps),
  ...deadlineRoutes(deps),
  ...referralRoutes(deps),
  ...surveyRoutes(deps),
  ...ticketFieldRoutes(deps),
  ...incidentRoutes(deps),
  ...ratingRoutes(deps),
  ...reportRoutes(deps),
  ...alertRoutes(deps),
  ...answerRoutes(deps),
  ...articleRoutes(deps),
  ...questionRoutes(deps),
  ...suggestionRoutes(deps),
  ...effectRoutes(deps),
  ...articleImportRoutes(deps),
  ...inboxRoutes(deps),
  ...templateRoutes(deps),
  ...arrivalRoutes(deps),
  ...settingRoutes(deps),
  ...calendarRoutes(deps),
  ...agentRoutes(deps),
  ...deputyRoutes(deps),
  ...handoverRoutes(deps),
  ...tokenRoutes(deps),
  ...auditRoutes(deps),
];
