import { Button, Kbd, Textarea } from '@mantine/core';
import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import { useInbox, useInboxes } from '../api/inboxes.ts';
import type { Conversation } from '../api/shapes.ts';
import { useNow } from '../time/use-now.ts';
import classes from './composer.module.css';
import { Correspondent } from './correspondent.tsx';
import { useDesk, useDraft } from './desk.tsx';
import { type ReplyWindow, replyWindow } from './reply-window.ts';
import { useTellTyping } from './use-tell-typing.ts';
import { ClosedWindow, OpenWindow } from './window-notice.tsx';

interface Props {
  conversation: Conversation;
  box: RefObject<HTMLTextAreaElement | null>;
}

const isSend = ({ key, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): boolean =>
  key === 'Enter' && (ctrlKey || metaKey) && !nativeEvent.isComposing;

/** To whom a letter goes, and under which subject. */
function Addressed({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { recipient, contact, displayName } = conversation;
  const subject = conversation.subject || t('letter.noSubject');
  return (
    <p className={classes.addressed}>
      <span>
        {t('letter.replyTo')}: <Correspondent name={contact?.name || displayName} address={recipient} />
      </span>
      <span className={classes.subject} title={subject}>
        <span className={classes.label}>{t('letter.subject')}: </span>
        <bdi>{subject}</bdi>
      </span>
    </p>
  );
}

function Writing({ conversation, box, window }: Props & { window: ReplyWindow | null }) {
  const { t } = useTranslation();
  const { outbox } = useDesk();
  const [text, write] = useDraft(conversation.id);
  const tellTyping = useTellTyping(conversation.id);
  const capabilities = useInbox(conversation.inboxId)?.capabilities;
  const isLetter = capabilities?.form === 'letter';
  const excess = text.length - (capabilities?.maxLength ?? Number.POSITIVE_INFINITY);
  const excessId = useId();
  const canSend = text.trim() !== '' && excess <= 0;
  const send = (): void => {
    if (!canSend) return;
    outbox.send(conversation.id, text.trim());
    write('');
    tellTyping(false);
    box.current?.focus();
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isLetter && <Addressed conversation={conversation} />}
      {window?.isOpen && <OpenWindow window={window} />}
      <Textarea
        ref={box}
        classNames={{ root: classes.box, input: classes.input }}
        aria-label={t('send.label')}
        aria-describedby={excess > 0 ? excessId : undefined}
        aria-keyshortcuts="Control+Enter"
        placeholder={t(conversation.handledBy === 'assistant' ? 'send.placeholderAssistant' : 'send.placeholder')}
        attributes={ownDirection(text)}
        autosize
        minRows={isLetter ? 4 : 2}
        maxRows={isLetter ? 16 : 8}
        value={text}
        error={excess > 0}
        onChange={({ currentTarget: { value } }) => {
          write(value);
          tellTyping(value.trim() !== '');
        }}
        onBlur={() => tellTyping(false)}
        onKeyDown={(event) => {
          if (!isSend(event)) return;
          event.preventDefault();
          send();
        }}
      />
      <div className={classes.foot}>
        <span className={classes.hint} id={excessId} role="status">
          {excess > 0 ? (
            <span className={classes.excess}>{t('send.tooLong', { count: excess })}</span>
          ) : (
            <span className={classes.keys} aria-hidden>
              <bdi dir="ltr">
                <Kbd size="xs">Ctrl</Kbd> + <Kbd size="xs">Enter</Kbd>
              </bdi>
              {t('send.hint')}
            </span>
          )}
        </span>
        <Button
          type="submit"
          disabled={!canSend}
          rightSection={<SendHorizontal size={16} className="turns-with-text" aria-hidden />}
        >
          {t('send.submit')}
        </Button>
      </div>
    </form>
  );
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
