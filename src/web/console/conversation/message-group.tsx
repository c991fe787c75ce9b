import { Bot, Info, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import type { Decision } from '../api/shapes.ts';
import { EventLine } from './event-line.tsx';
import type { Group } from './grouping.ts';
import classes from './message.module.css';
import { MessageBubble } from './message-bubble.tsx';
import type { About } from './relations.ts';

const icons = { contact: null, assistant: Bot, agent: UserRound, system: Info } as const;

function useAuthorName(channel: string | undefined): (group: Group) => string | null {
  const { t } = useTranslation();
  const { agent } = useSession();
  return ({ author, agentId, agentName }) => {
    if (author === 'contact') return null;
    if (author === 'agent' && agentId === null)
      return t(channel?.startsWith('whatsapp') ? 'conversation.fromPhone' : 'conversation.fromChannel');
    if (author === 'agent')
      return agentId === agent.id ? t('conversation.you') : (agentName ?? t('conversation.agent'));
    return t(`conversation.${author}`);
  };
}

/** Messages of one author in a row, with the reasons of the assistant beside what they explain. */
export function MessageGroup(props: {
  group: Group;
  shownAt: ReadonlyMap<string, string>;
  decisions: ReadonlyMap<string, Decision>;
  /** The letters at which their subject is said. */
  subjectsAt: ReadonlySet<string>;
  /** How messages speak of each other. */
  relations: ReadonlyMap<string, About>;
  /** Over which it was said, where all of it was said over one. */
  channel?: string;
  /** On the page of a ticket its messages do not link to it. */
  isOnTicket?: boolean;
}) {
  const { group, shownAt, decisions, subjectsAt, relations } = props;
  const name = useAuthorName(props.channel)(group);
  const Icon = icons[group.author];
  const last = group.messages.at(-1);
  if (group.isLine && last) return <EventLine message={last} about={relations.get(last.id)} />;
  return (
    <div className={classes.group} data-author={group.author}>
      {name && (
        <span className={classes.author}>
          {Icon && <Icon size={13} aria-hidden />}
          <bdi>{name}</bdi>
        </span>
      )}
      {group.messages.map((message) => (
        <MessageBubble
          key={message.id}
          message={message}
          isLast={message === last}
          isOnTicket={props.isOnTicket ?? false}
          showsSubject={subjectsAt.has(message.id)}
          decision={decisions.get(shownAt.get(message.id) ?? '') ?? null}
          about={relations.get(message.id)}
        />
      ))}
    </div>
  );
}
