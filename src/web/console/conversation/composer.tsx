import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useInboxes } from '../api/inboxes.ts';
import type { Conversation } from '../api/shapes.ts';
import { useNow } from '../time/use-now.ts';
import classes from './composer.module.css';
import { replyWindow } from './reply-window.ts';
import { ClosedWindow } from './window-notice.tsx';
import { Writing } from './writing.tsx';

interface Props {
  conversation: Conversation;
  box: RefObject<HTMLTextAreaElement | null>;
}

/** Why nothing can be written here; asked anew while it stands, for the inbox may have come just now. */
function Closed({ isOff }: { isOff: boolean }) {
  const { t } = useTranslation();
  useInboxes({ live: true });
  return (
    <p className={classes.readOnly} role="status">
      {t(isOff ? 'letter.inboxOff' : 'letter.inboxGone')}
    </p>
  );
}

/** The box to answer in. What is typed is kept over everything but sending. */
export function Composer(props: Props & { mayWork: boolean }) {
  const { t } = useTranslation();
  const { data: inboxes } = useInboxes();
  const now = useNow();
  const { conversation } = props;
  const inbox = inboxes?.find(({ id }) => id === conversation.inboxId);
  const window = replyWindow(conversation, inbox?.capabilities?.replyWindowHours, now);
  if (!props.mayWork) return <p className={classes.readOnly}>{t('send.readOnly')}</p>;
  if (inboxes && !inbox?.capabilities) return <Closed isOff={inbox !== undefined} />;
  if (inbox && window && !window.isOpen) return <ClosedWindow {...{ conversation, inbox, window }} />;
  return <Writing conversation={conversation} box={props.box} window={window} />;
}
