import { Textarea } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import { useInbox } from '../api/inboxes.ts';
import type { Conversation, Inbox } from '../api/shapes.ts';
import classes from './composer.module.css';
import { ComposerFoot } from './composer-foot.tsx';
import { Correspondent } from './correspondent.tsx';
import { useDesk, useDraft } from './desk.tsx';
import type { ReplyWindow } from './reply-window.ts';
import { TrayList } from './tray-list.tsx';
import { useAttaching } from './use-attaching.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useTellTyping } from './use-tell-typing.ts';
import { OpenWindow } from './window-notice.tsx';

type Box = RefObject<HTMLTextAreaElement | null>;

const isSend = ({ key, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): boolean =>
  key === 'Enter' && (ctrlKey || metaKey) && !nativeEvent.isComposing;

/** Files on the clipboard; none where words come with them, as from a table, which also lays down a picture of itself. */
const pastedFiles = ({ clipboardData }: ClipboardEvent): File[] =>
  clipboardData.types.includes('text/plain') ? [] : [...clipboardData.files];

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

/** What is being written and attached, and sending it off. */
function useAnswer(conversation: Conversation, box: Box, capabilities: Inbox['capabilities'] | undefined) {
  const { outbox, tray } = useDesk();
  const [text, write] = useDraft(conversation.id);
  const tellTyping = useTellTyping(conversation.id);
  const attaching = useAttaching(conversation, capabilities);
  const { files } = attaching;
  const excess = text.length - (capabilities?.maxLength ?? Number.POSITIVE_INFINITY);
  const areFilesHere = files.every(({ state }) => state === 'here');
  const canSend = (text.trim() !== '' || files.length > 0) && areFilesHere && excess <= 0;
  const send = (): void => {
    if (!canSend) return;
    outbox.send(conversation.id, text.trim(), tray.take(conversation.id));
    write('');
    attaching.clear();
    tellTyping(false);
    box.current?.focus();
  };
  return { text, write, tellTyping, attaching, excess, canSend, send };
}

/** The box to write in, what is attached, and how it is sent. */
export function Writing(props: { conversation: Conversation; box: Box; window: ReplyWindow | null }) {
  const { t } = useTranslation();
  const { conversation, box, window } = props;
  const capabilities = useInbox(conversation.inboxId)?.capabilities;
  const { text, write, tellTyping, attaching, excess, canSend, send } = useAnswer(conversation, box, capabilities);
  const isLetter = capabilities?.form === 'letter';
  const hintId = useId();
  const isOver = useFileDrop(attaching.limits && attaching.add);
  const toBox = (): void => box.current?.focus();
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
        aria-describedby={excess > 0 ? hintId : undefined}
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
        onPaste={(event) => {
          const files = attaching.limits ? pastedFiles(event) : [];
          if (files.length === 0) return;
          event.preventDefault();
          attaching.add(files);
        }}
        onKeyDown={(event) => {
          if (!isSend(event)) return;
          event.preventDefault();
          send();
        }}
      />
      <TrayList attaching={attaching} onRemoved={toBox} />
      <ComposerFoot {...{ attaching, excess, hintId, canSend }} onPicked={toBox} />
      {isOver && <p className={classes.over}>{t('attach.drop')}</p>}
    </form>
  );
}
