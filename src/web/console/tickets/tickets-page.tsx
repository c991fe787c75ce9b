import { Button, NativeSelect } from '@mantine/core';
import { Lock, SearchX, Ticket as TicketIcon } from 'lucide-react';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '../../ui/empty.tsx';
import { LateLoader } from '../../ui/late.tsx';
import { Ltr } from '../../ui/ltr.tsx';
import { useDepartments, useNames } from '../api/organisation.ts';
import type { Ticket } from '../api/shapes.ts';
import { type TicketFilters, useTickets } from '../api/tickets.ts';
import { stepRow } from '../conversations/step-row.ts';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import { SearchBox } from '../search-box.tsx';
import { Failure } from '../shell/failure.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { useTimes } from '../time/format.ts';
import { Due } from './due.tsx';
import { statusNames, typeNames } from './kinds.ts';
import { TicketStatus } from './ticket-status.tsx';
import classes from './tickets-page.module.css';
import { useTicketFilters } from './use-ticket-filters.ts';

interface FilterProps {
  filters: TicketFilters;
  onChange: (change: Partial<TicketFilters>) => void;
}

function Selects({ filters, onChange }: FilterProps) {
  const { t } = useTranslation();
  const names = useNames();
  const departments = useDepartments() ?? [];
  const choose = (field: keyof TicketFilters) => (event: { currentTarget: { value: string } }) =>
    onChange({ [field]: event.currentTarget.value });
  return (
    <>
      <NativeSelect
        aria-label={t('tickets.status')}
        value={filters.status}
        onChange={choose('status')}
        data={[
          { value: '', label: t('tickets.allStatuses') },
          ...statusNames.map((value) => ({ value, label: t(`ticketStatuses.${value}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t('tickets.type')}
        value={filters.type}
        onChange={choose('type')}
        data={[
          { value: '', label: t('tickets.allTypes') },
          ...typeNames.map((value) => ({ value, label: t(`ticketTypes.${value}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t('tickets.department')}
        value={filters.departmentId}
        onChange={choose('departmentId')}
        data={[
          { value: '', label: t('tickets.allDepartments') },
          ...departments.map(({ id }) => ({ value: id, label: names.department(id) ?? id })),
        ]}
      />
    </>
  );
}

function Row({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const names = useNames();
  const times = useTimes();
  return (
    <tr>
      <th scope="row" className={classes.number}>
        <Link to={`/tickets/${ticket.number}`} data-row>
          <Ltr>{ticket.number}</Ltr>
        </Link>
        {ticket.restricted && (
          <span className={classes.lock} title={t('tickets.restricted')}>
            <Lock size={13} role="img" aria-label={t('tickets.restricted')} />
          </span>
        )}
      </th>
      <td className={classes.subject}>
        <span dir="auto">{ticket.subject}</span>
      </td>
      <td className={classes.due}>
        <Due ticket={ticket} />
      </td>
      <td>
        <TicketStatus status={ticket.status} />
      </td>
      <td className={classes.type}>{t(`ticketTypes.${ticket.type}`)}</td>
      <td className={classes.department}>{names.department(ticket.departmentId)}</td>
      <td className={classes.opened}>
        <time dateTime={ticket.openedAt} title={times.full(ticket.openedAt)}>
          {times.short(ticket.openedAt)}
        </time>
      </td>
    </tr>
  );
}

const columns = ['number', 'subject', 'due', 'status', 'type', 'department', 'openedAt'] as const;

function List({ filters, onChange }: FilterProps) {
  const { t } = useTranslation();
  const query = useTickets(filters);
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!query.data) {
    return <Failure title={t('tickets.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  const rows = query.data.pages.flatMap(({ items }) => items);
  const isFiltered = Object.values(filters).some(Boolean);
  if (rows.length === 0 && isFiltered) {
    return (
      <Empty icon={SearchX} title={t('tickets.emptyFiltered')} hint={t('tickets.emptyFilteredHint')}>
        <Button variant="light" mt="xs" onClick={() => onChange({ status: '', type: '', departmentId: '', q: '' })}>
          {t('tickets.clear')}
        </Button>
      </Empty>
    );
  }
  if (rows.length === 0) return <Empty icon={TicketIcon} title={t('tickets.empty')} hint={t('tickets.emptyHint')} />;
  return (
    <>
      <table className={classes.table} aria-label={t('tickets.list')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`tickets.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((ticket) => (
            <Row key={ticket.number} ticket={ticket} />
          ))}
        </tbody>
      </table>
      {query.hasNextPage && (
        <Button variant="subtle" my="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('tickets.more')}
        </Button>
      )}
    </>
  );
}

/** All tickets that one may see, the newest first. */
export function TicketsPage() {
  const { t } = useTranslation();
  const [filters, change] = useTicketFilters();
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const search = useCallback((q: string) => change({ q }), [change]);
  usePageTitle(t('tickets.title'));
  useShortcuts({
    search: () => box.current?.focus(),
    next: () => stepRow(list.current, 1),
    previous: () => stepRow(list.current, -1),
  });
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('tickets.title')}</h1>
        <search className={classes.filters} aria-label={t('tickets.filters')}>
          <SearchBox
            box={box}
            className={classes.search}
            words={filters.q}
            label={t('tickets.searchLabel')}
            placeholder={t('tickets.search')}
            onSearch={search}
          />
          <Selects filters={filters} onChange={change} />
        </search>
      </header>
      <div className={classes.body} ref={list}>
        <List filters={filters} onChange={change} />
      </div>
    </div>
  );
}
