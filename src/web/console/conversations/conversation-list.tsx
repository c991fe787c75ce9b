import { Anchor, Button, Skeleton } from '@mantine/core';
import { CircleCheck, Inbox, MessagesSquare, SearchX } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import { Empty } from '../../ui/empty.tsx';
import { Late } from '../../ui/late.tsx';
import { type Filters, useConversations } from '../api/conversations.ts';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import { Failure } from '../shell/failure.tsx';
import classes from './conversation-list.module.css';
import { ConversationRow } from './conversation-row.tsx';
import { ListHead } from './list-head.tsx';
import { stepRow } from './step-row.ts';
import { useFilters } from './use-filters.ts';

const icons = { waiting: CircleCheck, mine: Inbox, open: MessagesSquare, closed: Inbox } as const;
const emptyTexts = {
  waiting: ['conversations.emptyWaiting', 'conversations.emptyWaitingHint'],
  mine: ['conversations.emptyMine', 'conversations.emptyMineHint'],
  open: ['conversations.emptyOpen', 'conversations.emptyOpenHint'],
  closed: ['conversations.emptyClosed', 'conversations.emptyClosedHint'],
} as const;

function NothingHere({ filters, onChange }: { filters: Filters; onChange: (change: Partial<Filters>) => void }) {
  const { t } = useTranslation();
  if (filters.q) {
    return (
      <Empty icon={SearchX} title={t('conversations.emptySearch')} hint={t('conversations.emptySearchHint')}>
        <Button variant="subtle" mt="xs" onClick={() => onChange({ q: '' })}>
          {t('conversations.clearSearch')}
        </Button>
      </Empty>
    );
  }
  const [title, hint] = emptyTexts[filters.view];
  return (
    <Empty icon={icons[filters.view]} title={t(title)} hint={t(hint)}>
      {filters.view === 'waiting' || filters.view === 'mine' ? (
        <Button variant="light" mt="xs" onClick={() => onChange({ view: 'open' })}>
          {t('conversations.showAll')}
        </Button>
      ) : (
        filters.view === 'open' && (
          <Anchor href="/" target="_blank" rel="noopener">
            {t('conversations.openContactPage')}
          </Anchor>
        )
      )}
    </Empty>
  );
}

const Loading = () => (
  <Late>
    <div aria-hidden>
      {['a', 'b', 'c', 'd', 'e'].map((key) => (
        <div key={key} className={classes.placeholder}>
          <Skeleton height={14} width="45%" />
          <Skeleton height={12} mt={8} width="85%" />
          <Skeleton height={12} mt={8} width="60%" />
        </div>
      ))}
    </div>
  </Late>
);

function Rows({ filters, onChange }: { filters: Filters; onChange: (change: Partial<Filters>) => void }) {
  const { t } = useTranslation();
  const { id: openId } = useParams();
  const location = useLocation();
  const query = useConversations(filters);
  if (query.isPending) return <Loading />;
  if (query.error && !query.data) {
    return <Failure title={t('conversations.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  const found = query.data?.pages.flatMap(({ items }) => items) ?? [];
  // A page that moved while pages were read may show a conversation twice.
  const rows = [...new Map(found.map((one) => [one.id, one])).values()];
  if (rows.length === 0) return <NothingHere filters={filters} onChange={onChange} />;
  const { search } = location;
  return (
    <>
      <ul className={classes.rows} aria-label={t('conversations.list')}>
        {rows.map((one) => (
          <ConversationRow
            key={one.id}
            conversation={one}
            to={`/conversations/${one.id}${search}`}
            isCurrent={one.id === openId}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          fullWidth
          my="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('conversations.more')}
        </Button>
      )}
    </>
  );
}

/** The list of conversations: what waits for a person first. */
export function ConversationList() {
  const { t } = useTranslation();
  const [filters, change] = useFilters();
  const box = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useShortcuts({
    search: () => box.current?.focus(),
    next: () => stepRow(scroller.current, 1),
    previous: () => stepRow(scroller.current, -1),
  });
  return (
    <section className={classes.list} aria-label={t('conversations.title')}>
      <ListHead filters={filters} onChange={change} box={box} />
      <div className={classes.scroller} ref={scroller}>
        <Rows filters={filters} onChange={change} />
      </div>
    </section>
  );
}
