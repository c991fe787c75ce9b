import { Button } from '@mantine/core';
import { Bot, CircleCheck, Hourglass, Lock, TriangleAlert, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import { errorText } from '../api/error-text.ts';
import { useAgentName } from '../api/organisation.ts';
import { useSession } from '../api/session.ts';
import type { Conversation } from '../api/shapes.ts';
import { useTimes } from '../time/format.ts';
import classes from './handling-bar.module.css';
import { type Holder, holderOf, waitsSince } from './situation.ts';
import type { StepNotice, Steps } from './use-steps.ts';

const icons = { assistant: Bot, nobody: Hourglass, you: UserRound, other: UserRound, closed: Lock } as const;

/** Who has it, or that the person waits where none of ours has it: a conversation may wait and still be the assistant's. */
const lookOf = (conversation: Conversation, holder: Holder): Holder =>
  holder === 'assistant' && waitsSince(conversation) ? 'nobody' : holder;

function useSentence(conversation: Conversation, holder: Holder): string {
  const { t } = useTranslation();
  const times = useTimes();
  const name = useAgentName()(conversation.assigneeId);
  const since = waitsSince(conversation);
  if (since && lookOf(conversation, holder) === 'nobody')
    return t('handling.waiting', { duration: times.length(times.now - Date.parse(since)) });
  if (holder === 'nobody') return t('handling.waitingNow');
  if (holder === 'other') return name ? t('handling.other', { name: isolate(name) }) : t('handling.otherUnnamed');
  return t(`handling.${holder}`);
}

function useStateName(): (conversation: Conversation) => string {
  const { t } = useTranslation();
  const { agent } = useSession();
  const agentName = useAgentName();
  return (conversation) => {
    const holder = holderOf(conversation, agent.id);
    if (holder === 'closed') return t('handling.stateClosed');
    if (holder === 'you') return t('handling.stateYou');
    if (holder === 'nobody') return t('handling.stateNobody');
    if (holder === 'assistant') return t('handling.stateAssistant');
    const name = agentName(conversation.assigneeId);
    return name ? t('handling.stateOther', { name: isolate(name) }) : t('handling.stateOtherUnnamed');
  };
}

const doneTexts = {
  assign: 'handling.taken',
  handoff: 'handling.handedOff',
  resume: 'handling.resumed',
  close: 'handling.closedNow',
} as const;

const Bar = (props: { look: string; icon: ReactNode; text: string; children?: ReactNode }) => (
  <div className={classes.bar} data-look={props.look}>
    <span className={classes.icon}>{props.icon}</span>
    <span className={classes.text}>{props.text}</span>
    <span className={classes.actions}>{props.children}</span>
  </div>
);

function Notice(props: { notice: StepNotice; steps: Steps; conversation: Conversation }) {
  const { t } = useTranslation();
  const stateName = useStateName();
  const { notice, steps, conversation } = props;
  if (notice.kind === 'done') return null;
  const icon = <TriangleAlert size={16} aria-hidden />;
  const again = (): void => void steps.take(conversation, notice.step);
  const isChanged = notice.kind === 'changed';
  const text = isChanged
    ? `${t('handling.changed')} ${t('handling.changedNow', { state: stateName(notice.current) })}`
    : `${t('errors.title')}: ${errorText(t, notice.error)}`;
  return (
    <div role="alert">
      <Bar look="warn" icon={icon} text={text}>
        <Button size="compact-sm" variant="white" color="gray.8" onClick={again}>
          {t(isChanged ? 'handling.tryAnyway' : 'errors.retry')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray.8" onClick={steps.dismiss}>
          {t(isChanged ? 'handling.leave' : 'handling.dismiss')}
        </Button>
      </Bar>
    </div>
  );
}

/** Who has the conversation, what became of the last step, and the one step that is most likely next. */
export function HandlingBar({ conversation, steps }: { conversation: Conversation; steps: Steps | null }) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const holder = holderOf(conversation, agent.id);
  const sentence = useSentence(conversation, holder);
  const look = lookOf(conversation, holder);
  const Icon = icons[look];
  const notice = steps?.notice ?? null;
  return (
    <>
      <Bar look={look} icon={<Icon size={16} aria-hidden />} text={sentence}>
        {steps && holder === 'you' && (
          <Button
            size="compact-sm"
            variant="white"
            loading={steps.running === 'resume'}
            onClick={() => void steps.take(conversation, 'resume')}
          >
            {t('handling.resume')}
          </Button>
        )}
        {steps && holder !== 'you' && holder !== 'closed' && (
          <Button
            size="compact-sm"
            loading={steps.running === 'assign'}
            onClick={() => void steps.take(conversation, 'assign')}
          >
            {t('handling.take')}
          </Button>
        )}
      </Bar>
      {steps && notice && <Notice notice={notice} steps={steps} conversation={conversation} />}
      <div className={classes.said} role="status">
        {notice?.kind === 'done' && (
          <>
            <CircleCheck size={14} aria-hidden /> {t(doneTexts[notice.step])}
          </>
        )}
      </div>
    </>
  );
}
