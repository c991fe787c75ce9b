import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowDown, MessagesSquare } from 'lucide-react';
import { type RefObject, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { isolate } from '../../ui/isolate.ts';
import { LateLoader } from '../../ui/late.tsx';
import { useDecisions } from '../api/conversations.ts';
import { loadOlder, type Stretch, useMessages } from '../api/messages.ts';
import type { Conversation, Decision } from '../api/shapes.ts';
import { useLive } from '../live/live.tsx';
import { useIsTyping } from '../live/typists.ts';
import { Failure } from '../shell/failure.tsx';
import { dayOf, formatTime, useTimes } from '../time/format.ts';
import { useOutgoing } from './desk.tsx';
import { isOnPosts } from './explain-public.ts';
import { decisionsShownAt, groupMessages } from './grouping.ts';
import { subjectsShown } from './letter-subjects.ts';
import { MessageGroup } from './message-group.tsx';
import classes from './message-list.module.css';
import { OutgoingList } from './outgoing-list.tsx';
import { personIn } from './person-in.ts';
import { relate, withoutFolded } from './relations.ts';
import { useStickToEnd } from './use-stick-to-end.ts';

function DayName({ day, at }: { day: string; at: string }) {
  const { t } = useTranslation();
  const { now, place } = useTimes();
  if (day === dayOf(place.timeZone, now)) return t('conversation.today');
  if (day === dayOf(place.timeZone, now - 86_400_000)) return t('conversation.yesterday');
  return formatTime(place, day.slice(0, 4) === dayOf(place.timeZone, now).slice(0, 4) ? 'longDay' : 'date', at);
}

function Days(props: { stretch: Stretch; decisions: ReadonlyMap<string, Decision>; channel: string }) {
  const { stretch, decisions, channel } = props;
  const { timeZone } = useTimes().place;
  const relations = useMemo(() => relate(stretch.messages), [stretch.messages]);
  const days = useMemo(
    () => groupMessages(withoutFolded(stretch.messages, relations), timeZone),
    [stretch.messages, relations, timeZone],
  );
  const shownAt = useMemo(
    () => decisionsShownAt(stretch.messages, [...decisions.values()].filter(isOnPosts)),
    [stretch.messages, decisions],
  );
  const subjectsAt = useMemo(() => subjectsShown(stretch.messages), [stretch.messages]);
  return days.map(({ day, at, groups }) => (
    <section key={day} className={classes.day}>
      <p className={classes.separator}>
        <span>
          <DayName day={day} at={at} />
        </span>
      </p>
      {groups.map((group) => (
        <MessageGroup
          key={group.id}
          group={group}
          shownAt={shownAt}
          decisions={decisions}
          subjectsAt={subjectsAt}
          relations={relations}
          channel={channel}
        />
      ))}
    </section>
  ));
}

function Older({ id, stretch, keepPlace }: { id: string; stretch: Stretch; keepPlace: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  if (!stretch.olderCursor) return <p className={classes.beginning}>{t('conversation.beginning')}</p>;
  const load = async (): Promise<void> => {
    setBusy(true);
    keepPlace();
    await loadOlder(client, id).catch(() => undefined);
    setBusy(false);
  };
  return (
    <Button variant="subtle" size="compact-sm" className={classes.older} loading={isBusy} onClick={() => void load()}>
      {t('conversation.older')}
    </Button>
  );
}

function TypingSign({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const isTyping = useIsTyping(useLive().typists, conversation.id);
  const name = personIn(conversation);
  return (
    <div className={classes.typing} role="status">
      {isTyping && (
        <>
          <span className={classes.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          {name ? t('conversation.typing', { name: isolate(name) }) : t('conversation.typingVisitor')}
        </>
      )}
    </div>
  );
}

const noDecisions: ReadonlyMap<string, Decision> = new Map();

/** All that was said, the newest at the end; it stays at the end unless the agent reads further up. */
export function MessageList({
  conversation,
  box,
}: {
  conversation: Conversation;
  box: RefObject<HTMLTextAreaElement | null>;
}) {
  const { t } = useTranslation();
  const query = useMessages(conversation.id);
  const { data: decisions = noDecisions } = useDecisions(conversation.id);
  const outgoing = useOutgoing(conversation.id);
  const stretch = query.data;
  const { scroller, isAtEnd, toEnd, keepPlace } = useStickToEnd([stretch?.messages.at(-1)?.id, outgoing.length].join());
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!stretch) {
    return <Failure title={t('conversation.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <div className={classes.frame}>
      <div
        className={classes.scroller}
        ref={scroller}
        role="log"
        aria-label={t('conversation.messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
      >
        <Older id={conversation.id} stretch={stretch} keepPlace={keepPlace} />
        {stretch.messages.length === 0 && <Empty icon={MessagesSquare} title={t('conversation.empty')} />}
        <Days stretch={stretch} decisions={decisions} channel={conversation.channel} />
        <OutgoingList outgoing={outgoing} box={box} />
        <TypingSign conversation={conversation} />
      </div>
      {!isAtEnd && (
        <Button
          className={classes.toEnd}
          size="compact-md"
          radius="xl"
          variant="default"
          leftSection={<ArrowDown size={15} aria-hidden />}
          onClick={toEnd}
        >
          {t('conversation.toNewest')}
        </Button>
      )}
    </div>
  );
}
