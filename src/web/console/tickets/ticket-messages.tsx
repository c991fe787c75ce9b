import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { LateLoader } from '../../ui/late.tsx';
import { ask } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import { useMay } from '../api/session.ts';
import type { Message, Page, Ticket } from '../api/shapes.ts';
import { groupMessages } from '../conversation/grouping.ts';
import { subjectsShown } from '../conversation/letter-subjects.ts';
import { MessageGroup } from '../conversation/message-group.tsx';
import { relate, withoutFolded } from '../conversation/relations.ts';
import { formatTime, useTimes } from '../time/format.ts';
import classes from './ticket-page.module.css';

const none = new Map<string, never>();

/** Of all conversations that the ticket was spoken of in. */
const useTicketMessages = (number: string) =>
  useInfiniteQuery({
    queryKey: ['ticket-messages', number],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<Message>>(`/tickets/${encodeURIComponent(number)}/messages`, {
        query: { limit: 200, cursor: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });

function Words({ number }: { number: string }) {
  const { t } = useTranslation();
  const { place } = useTimes();
  const query = useTicketMessages(number);
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!query.data) return <p className={classes.none}>{errorText(t, query.error)}</p>;
  const relations = relate(query.data);
  const days = groupMessages(withoutFolded(query.data, relations), place.timeZone);
  const subjects = subjectsShown(query.data);
  return (
    <div className={classes.words}>
      {days.length === 0 && !query.hasNextPage && <p className={classes.none}>{t('ticket.noMessages')}</p>}
      {days.map(({ day, at, groups }) => (
        <div key={day} className={classes.day}>
          <p className={classes.dayName}>{formatTime(place, 'date', at)}</p>
          {groups.map((group) => (
            <MessageGroup
              key={group.id}
              group={group}
              shownAt={none}
              decisions={none}
              subjectsAt={subjects}
              relations={relations}
              isOnTicket
            />
          ))}
        </div>
      ))}
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('tickets.more')}
        </Button>
      )}
    </div>
  );
}

/** The messages that are linked to a ticket. */
export function TicketMessages({ ticket: { number } }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const mayRead = useMay()('conversations.read');
  return (
    <section className={classes.panel} aria-labelledby="messages">
      <h2 id="messages">{t('ticket.messages')}</h2>
      {mayRead ? <Words number={number} /> : <p className={classes.none}>{t('ticket.noMessagesAllowed')}</p>}
    </section>
  );
}
