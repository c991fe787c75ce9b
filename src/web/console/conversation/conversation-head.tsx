import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ArrowLeft, Bot, EllipsisVertical, Hourglass, Lock, PanelRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isolate } from '../../ui/isolate.ts';
import type { Step } from '../api/conversations.ts';
import { useInbox } from '../api/inboxes.ts';
import { useSession } from '../api/session.ts';
import type { Conversation } from '../api/shapes.ts';
import { ChannelIcon, useChannelName } from '../channels.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import classes from './conversation-head.module.css';
import { personIn } from './person-in.ts';
import { PublicSign } from './public-sign.tsx';
import { RatingShown } from './rating-shown.tsx';
import { type Holder, holderOf } from './situation.ts';
import type { Steps } from './use-steps.ts';

const offered: Record<Holder, readonly Exclude<Step, 'assign'>[]> = {
  assistant: ['handoff', 'close'],
  nobody: ['resume', 'close'],
  you: ['resume', 'handoff', 'close'],
  other: ['resume', 'handoff', 'close'],
  closed: [],
};
const icons = { handoff: Hourglass, resume: Bot, close: Lock } as const;

function StepMenu({ conversation, steps }: { conversation: Conversation; steps: Steps }) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const possible = offered[holderOf(conversation, agent.id)];
  if (possible.length === 0) return null;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray.7"
          size="lg"
          aria-label={t('conversation.more')}
          loading={steps.running !== null && steps.running !== 'assign'}
        >
          <EllipsisVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {possible.map((step) => {
          const Icon = icons[step];
          return (
            <Menu.Item
              key={step}
              leftSection={<Icon size={16} aria-hidden />}
              onClick={() => void steps.take(conversation, step)}
            >
              {t(`handling.${step}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Who it is with, the way back, and what may be done beside answering. */
export function ConversationHead(props: {
  conversation: Conversation;
  steps: Steps | null;
  back: string;
  onDetails: (() => void) | null;
}) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  // Where the list is out of sight its heading is too.
  const Title = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false }) ? 'h1' : 'h2';
  const { contact, channel, inboxId } = props.conversation;
  const inbox = useInbox(inboxId);
  const name = personIn(props.conversation);
  usePageTitle(name ? t('conversation.with', { name: isolate(name) }) : t('conversation.withVisitor'));
  return (
    <div className={classes.head}>
      <ActionIcon
        component={Link}
        to={props.back}
        className={classes.back}
        variant="subtle"
        color="gray.7"
        size="lg"
        aria-label={t('conversation.back')}
      >
        <ArrowLeft size={20} className="turns-with-text" aria-hidden />
      </ActionIcon>
      <div className={classes.who}>
        <Title className={classes.name} id="conversation-title" dir="auto">
          {name ?? t('conversations.visitor')}
        </Title>
        <span className={classes.channel}>
          <PublicSign conversation={props.conversation} />
          <ChannelIcon channel={channel} />
          <bdi>{inbox?.name ?? channelName(channel)}</bdi>
          {contact?.entity && (
            <>
              <span aria-hidden>·</span>
              <bdi>{contact.entity}</bdi>
            </>
          )}
          <RatingShown rating={props.conversation.rating} />
        </span>
      </div>
      {props.onDetails && (
        <Tooltip label={t('conversation.details')}>
          <ActionIcon
            variant="subtle"
            color="gray.7"
            size="lg"
            aria-label={t('conversation.details')}
            onClick={props.onDetails}
          >
            <PanelRight size={18} className="turns-with-text" aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {props.steps && <StepMenu conversation={props.conversation} steps={props.steps} />}
    </div>
  );
}
