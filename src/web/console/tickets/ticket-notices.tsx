import { CircleAlert, CircleCheck, CircleSlash, Clock3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import { useInboxes } from '../api/inboxes.ts';
import type { Notice, Ticket } from '../api/shapes.ts';
import { useNotices } from '../api/tickets.ts';
import { ChannelIcon, useChannelName } from '../channels.tsx';
import { useTrouble } from '../conversation/delivery-state.tsx';
import { useMoney } from '../money.ts';
import { useTimes } from '../time/format.ts';
import { noticeLook } from './notice-look.ts';
import classes from './ticket-notices.module.css';
import page from './ticket-page.module.css';

type Way = Notice['tried'][number];

const icons = {
  waiting: Clock3,
  queued: Clock3,
  told: CircleCheck,
  failed: CircleAlert,
  nobody: CircleAlert,
  dropped: CircleSlash,
} as const;

/** One way that was taken, and why it did not lead there. */
function TakenWay({ way }: { way: Way }) {
  const { t } = useTranslation();
  const times = useTimes();
  const trouble = useTrouble();
  const channelName = useChannelName();
  const { data: inboxes = [] } = useInboxes();
  const named = inboxes.find(({ id }) => id === way.inboxId)?.name;
  const name = isolate(named ?? channelName(way.channel));
  return (
    <li>
      <span className={classes.way}>
        <ChannelIcon channel={way.channel} />
        {way.channel === 'sms' && !named ? t('told.text') : t(`told.by.${way.by}`, { name })}
      </span>
      <span>
        {way.status && way.status !== 'failed' && `${t(`delivery.${way.status}`)} · `}
        <time dateTime={way.at}>{times.full(way.at)}</time>
      </span>
      {way.failure && (
        <span className={classes.failure}>
          <CircleAlert size={13} aria-hidden />
          <bdi>{trouble({ code: way.failure, message: way.failure })}</bdi>
        </span>
      )}
    </li>
  );
}

function Cost({ cost }: { cost: NonNullable<Notice['cost']> }) {
  const { t } = useTranslation();
  const { money } = useMoney();
  const { units, amount, currency } = cost;
  return (
    <span>
      {t('told.units', { count: units })}
      {amount !== null && ` · ${t('told.cost', { amount: money(amount, currency) })}`}
    </span>
  );
}

function OneNotice({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const times = useTimes();
  const { kind, state, dueAt, tried, cost, at } = notice;
  const look = noticeLook(notice);
  const Icon = icons[look];
  const isLater = state === 'waiting' && dueAt !== null && Date.parse(dueAt) > times.now;
  return (
    <li className={classes.notice} data-state={look}>
      <span className={classes.line}>
        <strong>{t(`told.kinds.${kind}`)}</strong>
        <span className={classes.state}>
          <Icon size={13} aria-hidden />
          {t(`told.states.${look}`)}
          {isLater && ` · ${t('told.due', { time: isolate(times.full(dueAt)) })}`}
        </span>
      </span>
      {tried.length > 0 ? (
        <ul className={classes.ways}>
          {tried.map((way) => (
            <TakenWay key={way.messageId} way={way} />
          ))}
        </ul>
      ) : (
        <time className={classes.small} dateTime={at}>
          {times.full(at)}
        </time>
      )}
      {cost && (
        <span className={classes.small}>
          <Cost cost={cost} />
        </span>
      )}
    </li>
  );
}

/** What the person was told of a ticket: what, when, over which ways, and what came of it. */
export function TicketNotices({ ticket: { number } }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { data, isPending } = useNotices(number);
  if (isPending) return null;
  return (
    <section className={page.panel} aria-labelledby="told">
      <h2 id="told">{t('told.title')}</h2>
      {!data && <p className={page.none}>{t('told.failed')}</p>}
      {data?.length === 0 && <p className={page.none}>{t('told.none')}</p>}
      {data && data.length > 0 && (
        <ul className={classes.list}>
          {data.toReversed().map((notice) => (
            <OneNotice key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
    </section>
  );
}
