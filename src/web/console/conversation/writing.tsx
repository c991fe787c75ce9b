import { Textarea } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import { useInbox } from '../api/inboxes.ts';
import { useMessages } from '../api/messages.ts';
import type { Conversation } from '../api/shapes.ts';
import { type Audience, capabilitiesFor, useAudience } from './audience.ts';
import classes from './composer.module.css';
import { ComposerFoot } from './composer-foot.tsx';
import { Correspondent } from './correspondent.tsx';
import { postToAnswer } from './post-facts.ts';
import { AudienceLine, PersonalWarning, Target } from './public-writing.tsx';
import type { ReplyWindow } from './reply-window.ts';
import { TrayList } from './tray-list.tsx';
import { type Answer, useAnswer } from './use-answer.ts';
import { useFileDrop } from './use-file-drop.ts';
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

/** What the empty box asks for. */
function usePlaceholder({ handledBy }: Conversation, { visibility, choose }: Audience): string {
  const { t } = useTranslation();
  if (choose) return t(visibility === 'public' ? 'public.placeholderAll' : 'public.placeholderPerson');
  return t(handledBy === 'assistant' ? 'send.placeholderAssistant' : 'send.placeholder');
}

/** The box itself: what is typed or pasted into it. */
function Field(props: { answer: Answer; box: Box; placeholder: string; isLetter: boolean; hintId: string }) {
  const { t } = useTranslation();
  const { answer, box, isLetter } = props;
  const { text, attaching, fit } = answer;
  const isTooLong = !fit.fits;
  return (
    <Textarea
      ref={box}
      classNames={{ root: classes.box, input: classes.input }}
      aria-label={t('send.label')}
      aria-describedby={isTooLong ? props.hintId : undefined}
      aria-keyshortcuts="Control+Enter"
      placeholder={props.placeholder}
      attributes={ownDirection(text)}
      autosize
      minRows={isLetter ? 4 : 2}
      maxRows={isLetter ? 16 : 8}
      value={text}
      error={isTooLong}
      onChange={({ currentTarget: { value } }) => {
        answer.write(value);
        answer.tellTyping(value.trim() !== '');
      }}
      onBlur={() => answer.tellTyping(false)}
      onPaste={(event) => {
        const files = attaching.limits ? pastedFiles(event) : [];
        if (files.length === 0) return;
        event.preventDefault();
        attaching.add(files);
      }}
      onKeyDown={(event) => {
        if (!isSend(event)) return;
        event.preventDefault();
        answer.send();
      }}
    />
  );
}

/** The box to write in, who reads it, what is attached, and how it is sent. */
export function Writing(props: { conversation: Conversation; box: Box; window: ReplyWindow | null }) {
  const { t } = useTranslation();
  const { conversation, box, window } = props;
  const inbox = useInbox(conversation.inboxId);
  const audience = useAudience(conversation);
  const capabilities = capabilitiesFor(inbox?.capabilities, audience.visibility);
  const messages = useMessages(conversation.id).data?.messages ?? [];
  const target = audience.choose ? postToAnswer(messages) : null;
  const answer = useAnswer({ conversation, box, audience, capabilities, target });
  const placeholder = usePlaceholder(conversation, audience);
  const isLetter = capabilities?.form === 'letter';
  const hintId = useId();
  const { attaching, asked } = answer;
  const isOver = useFileDrop(attaching.limits && attaching.add);
  const toBox = (): void => box.current?.focus();
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        answer.send();
      }}
    >
      <AudienceLine audience={audience} />
      {target && audience.visibility === 'public' && <Target post={target} />}
      {isLetter && <Addressed conversation={conversation} />}
      {window?.isOpen && <OpenWindow window={window} />}
      <Field {...{ answer, box, placeholder, isLetter, hintId }} />
      <TrayList attaching={attaching} onRemoved={toBox} />
      {asked && (
        <PersonalWarning
          kinds={asked}
          onPrivately={() => answer.confirm('private')}
          onEdit={answer.withdraw}
          onAnyway={() => answer.confirm('public')}
        />
      )}
      <ComposerFoot {...{ answer, hintId, audience }} onPicked={toBox} />
      {isOver && <p className={classes.over}>{t('attach.drop')}</p>}
    </form>
  );
}
