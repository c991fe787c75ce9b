import { NativeSelect } from '@mantine/core';
import { type RefObject, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Filters, useWaitingCount, views } from '../api/conversations.ts';
import { useInboxes } from '../api/inboxes.ts';
import { useChannelName } from '../channels.tsx';
import { SearchBox } from '../search-box.tsx';
import classes from './list-head.module.css';

interface Props {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

function Views({ filters, onChange }: Props) {
  const { t } = useTranslation();
  const { data: waiting = 0 } = useWaitingCount(true);
  return (
    <nav className={classes.views} aria-label={t('conversations.views')}>
      {views.map((view) => (
        <button
          key={view}
          type="button"
          className={classes.view}
          aria-current={!filters.q && filters.view === view ? 'true' : undefined}
          onClick={() => onChange({ view, q: '' })}
        >
          {t(`conversations.${view}`)}
          {view === 'waiting' && waiting > 0 && <span className={classes.count}>{waiting > 99 ? '99+' : waiting}</span>}
        </button>
      ))}
    </nav>
  );
}

/** The head of the list: title, views, search, channel. */
export function ListHead(props: Props & { box: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const { onChange } = props;
  const search = useCallback((q: string) => onChange({ q }), [onChange]);
  const { data: inboxes = [] } = useInboxes();
  const channels = [...new Set([...inboxes.map(({ channel }) => channel), props.filters.channel])].filter(Boolean);
  const hasPublic = inboxes.some(({ capabilities }) => capabilities?.inPublic) || props.filters.visibility !== '';
  return (
    <div className={classes.head}>
      <h1 className={classes.title}>{t('conversations.title')}</h1>
      <Views {...props} />
      <div className={classes.tools} data-many={hasPublic || undefined}>
        <SearchBox
          box={props.box}
          className={classes.search}
          words={props.filters.q}
          label={t('conversations.searchLabel')}
          placeholder={t('conversations.search')}
          onSearch={search}
        />
        {channels.length > 1 && (
          <NativeSelect
            size="sm"
            aria-label={t('conversations.channel')}
            value={props.filters.channel}
            onChange={(event) => props.onChange({ channel: event.currentTarget.value })}
            data={[
              { value: '', label: t('conversations.allChannels') },
              ...channels.map((channel) => ({ value: channel, label: channelName(channel) })),
            ]}
          />
        )}
        {hasPublic && (
          <NativeSelect
            size="sm"
            aria-label={t('public.filter')}
            value={props.filters.visibility}
            onChange={(event) => props.onChange({ visibility: event.currentTarget.value })}
            data={[
              { value: '', label: t('public.all') },
              { value: 'public', label: t('public.onlyPublic') },
              { value: 'private', label: t('public.onlyPrivate') },
            ]}
          />
        )}
      </div>
    </div>
  );
}
