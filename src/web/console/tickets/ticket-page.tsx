import { ActionIcon, Button } from '@mantine/core';
import { ArrowLeft, Lock, MessagesSquare, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Empty } from '../../ui/empty.tsx';
import { LateLoader } from '../../ui/late.tsx';
import { Ltr } from '../../ui/ltr.tsx';
import { ApiError } from '../api/client.ts';
import { useConversation } from '../api/conversations.ts';
import { useAgentName, useNames } from '../api/organisation.ts';
import { useMay } from '../api/session.ts';
import type { Ticket } from '../api/shapes.ts';
import { useTicket } from '../api/tickets.ts';
import { useChannelName } from '../channels.tsx';
import { personIn } from '../conversation/person-in.ts';
import { RatingShown } from '../conversation/rating-shown.tsx';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import { Failure } from '../shell/failure.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { StartButton } from '../start/start-dialog.tsx';
import { nextPromise } from '../time/due.ts';
import { useTimes } from '../time/format.ts';
import { DueWords } from './due.tsx';
import { NoteForm } from './note-form.tsx';
import { TicketMessages } from './ticket-messages.tsx';
import { TicketNotices } from './ticket-notices.tsx';
import classes from './ticket-page.module.css';
import { TicketStatus } from './ticket-status.tsx';
import { TicketSteps } from './ticket-steps.tsx';
import { TicketTimeline } from './ticket-timeline.tsx';

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Person({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const { data } = useConversation(conversationId);
  const name = data && personIn(data);
  return <Fact name={t('ticket.contact')}>{name ? <bdi>{name}</bdi> : t('conversations.visitor')}</Fact>;
}

function Facts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const may = useMay();
  const { conversationId } = ticket;
  const names = useNames();
  const times = useTimes();
  const agentName = useAgentName();
  const channelName = useChannelName();
  const assignee = ticket.assigneeId && (agentName(ticket.assigneeId) ?? t('conversations.byOther'));
  return (
    <section className={classes.panel} aria-labelledby="facts">
      <h2 id="facts">{t('ticket.facts')}</h2>
      <dl className={classes.facts}>
        {conversationId && may('conversations.read') && <Person conversationId={conversationId} />}
        <Fact name={t('tickets.type')}>{t(`ticketTypes.${ticket.type}`)}</Fact>
        <Fact name={t('ticket.service')}>{names.service(ticket.service) ?? t('ticket.noService')}</Fact>
        <Fact name={t('tickets.department')}>{names.department(ticket.departmentId)}</Fact>
        <Fact name={t('ticket.assignee')}>{assignee ? <bdi>{assignee}</bdi> : t('ticket.noAssignee')}</Fact>
        <Fact name={t('ticket.importance')}>{t(`importances.${ticket.importance}`)}</Fact>
        <Fact name={t('ticket.complexity')}>{t(`complexities.${ticket.complexity}`)}</Fact>
        <Fact name={t('ticket.channel')}>{channelName(ticket.channel)}</Fact>
        <Fact name={t('ticket.openedAt')}>{times.full(ticket.openedAt)}</Fact>
        {ticket.satisfaction !== null && (
          <Fact name={t('rating.title')}>
            <RatingShown rating={{ score: ticket.satisfaction, comment: null }} />
          </Fact>
        )}
      </dl>
    </section>
  );
}

function OnePromise({ ticket, kind }: { ticket: Ticket; kind: 'firstResponse' | 'resolution' }) {
  const { t } = useTranslation();
  const times = useTimes();
  const at = ticket.dueAt[kind];
  const isMet = kind === 'firstResponse' && ticket.respondedAt !== null;
  const isRunning = nextPromise({ ...ticket, dueAt: { firstResponse: null, resolution: null, [kind]: at } }) !== null;
  return (
    <div className={classes.promise}>
      <h3>{t(`ticket.${kind}`)}</h3>
      <span>{at ? times.full(at) : t('ticket.noPromise')}</span>
      {isMet && ticket.respondedAt ? (
        <span className={classes.met}>{t('ticket.respondedAt', { time: times.full(ticket.respondedAt) })}</span>
      ) : (
        at && isRunning && <DueWords at={at} />
      )}
    </div>
  );
}

function Opened({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const may = useMay();
  const { number, conversationId, restricted } = ticket;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <ActionIcon
          component={Link}
          to="/tickets"
          variant="subtle"
          color="gray.7"
          size="lg"
          aria-label={t('ticket.back')}
        >
          <ArrowLeft size={20} className="turns-with-text" aria-hidden />
        </ActionIcon>
        <div className={classes.heading}>
          <p className={classes.number}>
            <Ltr>{number}</Ltr>
            <TicketStatus status={ticket.status} />
            {restricted && (
              <span className={classes.restricted}>
                <Lock size={13} aria-hidden /> {t('tickets.restricted')}
              </span>
            )}
          </p>
          <h1 dir="auto" title={ticket.subject}>
            {ticket.subject}
          </h1>
        </div>
        {ticket.contactId && <StartButton contactId={ticket.contactId} ticketNumber={number} variant="default" />}
        {conversationId && may('conversations.read') && (
          <Button
            component={Link}
            to={`/conversations/${conversationId}?view=open`}
            variant="light"
            className={classes.toConversation}
            leftSection={<MessagesSquare size={16} aria-hidden />}
          >
            {t('ticket.toConversation')}
          </Button>
        )}
        <TicketSteps ticket={ticket} />
      </header>
      <div className={classes.columns}>
        <div className={classes.column}>
          <section className={classes.panel} aria-labelledby="promises">
            <h2 id="promises">{t('ticket.promises')}</h2>
            <div className={classes.promises}>
              <OnePromise ticket={ticket} kind="firstResponse" />
              <OnePromise ticket={ticket} kind="resolution" />
            </div>
          </section>
          <Facts ticket={ticket} />
          <TicketNotices ticket={ticket} />
          <TicketMessages ticket={ticket} />
        </div>
        <section className={classes.panel} aria-labelledby="timeline">
          <h2 id="timeline">{t('ticket.timeline')}</h2>
          {may('tickets.note') && <NoteForm key={number} number={number} />}
          <TicketTimeline number={number} />
        </section>
      </div>
    </div>
  );
}

/** One ticket: its facts, what was promised, what happened, and the words it rests on. */
export function TicketPage() {
  const { t } = useTranslation();
  const { number = '' } = useParams();
  const navigate = useNavigate();
  const query = useTicket(number);
  usePageTitle(t('ticket.title', { number }));
  useShortcuts({ leave: () => void navigate('/tickets') });
  if (query.data) return <Opened ticket={query.data} />;
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (query.error instanceof ApiError && query.error.code === 'not-found') {
    return (
      <Empty icon={SearchX} title={t('ticket.missing')} hint={t('ticket.missingHint')}>
        <Button component={Link} to="/tickets" variant="light" mt="xs">
          {t('ticket.back')}
        </Button>
      </Empty>
    );
  }
  return <Failure title={t('ticket.failed')} error={query.error} onRetry={() => void query.refetch()} />;
}
