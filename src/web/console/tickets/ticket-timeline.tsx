import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import { LateLoader } from '../../ui/late.tsx';
import { errorText } from '../api/error-text.ts';
import { useAgentName, useNames } from '../api/organisation.ts';
import type { TicketEvent } from '../api/shapes.ts';
import { useTicketEvents } from '../api/tickets.ts';
import { useTimes } from '../time/format.ts';
import classes from './ticket-timeline.module.css';

type Change = TicketEvent['change'];

function useActorName(): (actor: TicketEvent['actor']) => string {
  const { t } = useTranslation();
  const agentName = useAgentName();
  return ({ kind, id }) => {
    if (kind === 'agent') return agentName(id) ?? t('events.byAgent');
    return t(
      ({ contact: 'events.byContact', assistant: 'events.byAssistant', system: 'events.bySystem' } as const)[kind],
    );
  };
}

function useFactsOf(): (change: Extract<Change, { kind: 'classified' }>) => string[] {
  const { t } = useTranslation();
  const names = useNames();
  return ({ type, service, departmentId, importance }) => [
    ...(type ? [t('events.type', { value: t(`ticketTypes.${type}`) })] : []),
    ...(service === undefined ? [] : [t('events.service', { value: names.service(service) ?? t('ticket.noService') })]),
    ...(departmentId ? [t('events.department', { value: names.department(departmentId) ?? departmentId })] : []),
    ...(importance ? [t('events.importance', { value: t(`importances.${importance}`) })] : []),
  ];
}

function useTitle(): (change: Change) => string {
  const { t } = useTranslation();
  const times = useTimes();
  const names = useNames();
  const agentName = useAgentName();
  return (change) => {
    switch (change.kind) {
      case 'opened':
        return t('events.opened', { type: t(`ticketTypes.${change.type}`) });
      case 'status-changed':
        return t('events.statusChanged', { status: t(`ticketStatuses.${change.status}`) });
      case 'assigned':
        return change.assigneeId
          ? t('events.assigned', { name: isolate(agentName(change.assigneeId) ?? t('conversations.byOther')) })
          : t('events.unassigned');
      case 'classified':
        return t('events.classified');
      case 'message-added':
        return t('events.messageAdded');
      case 'message-removed':
        return t('events.messageRemoved');
      case 'responded':
        return t('events.responded');
      case 'noted':
        return t('events.noted');
      case 'delay-told':
        return t('steps.delayTold', { time: isolate(times.full(change.expectedAt)) });
      case 'escalation-asked':
        return t('events.escalationAsked');
      case 'contact-changed':
        return t('events.contactChanged');
      case 'rated':
        return t('events.rated', { score: change.score });
      case 'transferred':
        return t('path.transferred', {
          department: isolate(names.department(change.departmentId) ?? change.departmentId),
        });
      case 'supply-dated':
        return t('path.supply-dated', { date: isolate(change.supplyOn) });
      case 'escalated':
        return t('path.escalated', { level: change.level });
      case 'merged':
        return t('path.merged', { number: isolate(change.into) });
      case 'absorbed':
      case 'released':
        return t(`path.${change.kind}`, { number: isolate(change.number) });
      default:
        return t(`path.${change.kind}`);
    }
  };
}

/** Words of people that stand in a change. */
function wordsOf(change: Change): string | null {
  const said = ['text' in change && change.text, 'reason' in change && change.reason, 'note' in change && change.note];
  return said.find((words) => typeof words === 'string' && words !== '') || null;
}

function Event({ event }: { event: TicketEvent }) {
  const times = useTimes();
  const title = useTitle();
  const factsOf = useFactsOf();
  const actorName = useActorName();
  const { change } = event;
  const words = wordsOf(change);
  return (
    <li className={classes.event} data-kind={change.kind}>
      <span className={classes.title}>{title(change)}</span>
      {change.kind === 'classified' && <span className={classes.facts}>{factsOf(change).join(' · ')}</span>}
      {words && (
        <p className={classes.words} dir="auto">
          {words}
        </p>
      )}
      <span className={classes.foot}>
        <bdi>{actorName(event.actor)}</bdi>
        <span aria-hidden>·</span>
        <time dateTime={event.at}>{times.full(event.at)}</time>
      </span>
    </li>
  );
}

/** The ledger of a ticket in words, the newest first. */
export function TicketTimeline({ number }: { number: string }) {
  const { t } = useTranslation();
  const query = useTicketEvents(number);
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!query.data) return <p>{errorText(t, query.error)}</p>;
  return (
    <ol className={classes.line} reversed>
      {query.data.toReversed().map((event) => (
        <Event key={event.id} event={event} />
      ))}
    </ol>
  );
}
