import { UnstyledButton } from '@mantine/core';
import { Info, PenLine, PhoneMissed, SmilePlus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import type { Message } from '../api/shapes.ts';
import { useTimes } from '../time/format.ts';
import classes from './event-line.module.css';
import { anchor, jumpTo } from './jump.ts';
import type { About } from './relations.ts';

const icons = { edit: PenLine, deletion: Trash2, reaction: SmilePlus } as const;

const iconOf = ({ kind, detail }: Message) => {
  if (kind === 'notice') return detail?.startsWith('missed') ? PhoneMissed : Info;
  return kind === 'edit' || kind === 'deletion' || kind === 'reaction' ? icons[kind] : Info;
};

/** What the medium tells, in the language of the page where it is known, else as it came. */
function useNotice(): (message: Message) => string {
  const { t, i18n } = useTranslation();
  return ({ detail, text }) =>
    detail !== null && i18n.exists(`notices.${detail}`)
      ? t(`notices.${detail as 'missed-call'}`)
      : text || t('kinds.notice');
}

/** What a line says. Words of the person stay as they are, kept apart. */
function useSentence(): (message: Message, isLoaded: boolean) => string {
  const { t } = useTranslation();
  const notice = useNotice();
  return (message, isLoaded) => {
    const { kind, text } = message;
    if (kind === 'notice') return notice(message);
    if (kind === 'deletion') return t('lines.deleted');
    if (kind === 'edit') return isLoaded ? t('lines.edited') : t('lines.editedTo', { words: isolate(text) });
    return text ? t('lines.reacted', { emoji: text }) : t('lines.unreacted');
  };
}

/** What happened to an earlier message or in the medium itself: one small line in its place in time. */
export function EventLine({ message, about }: { message: Message; about: About | undefined }) {
  const { t } = useTranslation();
  const times = useTimes();
  const sentence = useSentence();
  const Icon = iconOf(message);
  const earlier = about?.earlier ?? null;
  const { receivedAt } = message;
  return (
    <p className={classes.line} data-line={message.kind} {...anchor(message.id)}>
      <Icon size={13} aria-hidden />
      <span>{sentence(message, earlier !== null)}</span>
      {earlier && message.kind !== 'notice' && (
        <UnstyledButton className={classes.jump} onClick={() => jumpTo(earlier.id)}>
          {t('lines.show')}
        </UnstyledButton>
      )}
      <time dateTime={receivedAt} title={times.full(receivedAt)}>
        {times.clock(receivedAt)}
      </time>
    </p>
  );
}
