import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import { SendForm } from '../../ui/send-form.tsx';
import type { Inbox } from '../api/shapes.ts';

/** Free words for a first message; with a subject where the medium has one. */
export function WordsForm(props: {
  inbox: Inbox;
  isBusy: boolean;
  failure: string | null;
  onSend: (words: { text: string; subject?: string }) => void;
}) {
  const { t } = useTranslation();
  const { inbox } = props;
  const [text, setText] = useState('');
  const [subject, setSubject] = useState('');
  const isLetter = inbox.capabilities?.form === 'letter';
  const excess = text.length - (inbox.capabilities?.maxLength ?? Number.POSITIVE_INFINITY);
  const isReady = text.trim() !== '' && excess <= 0 && (!isLetter || subject.trim() !== '');
  const send = (): void => props.onSend({ text: text.trim(), ...(isLetter ? { subject: subject.trim() } : {}) });
  return (
    <SendForm label={t('send.submit')} isReady={isReady} isBusy={props.isBusy} failure={props.failure} onSend={send}>
      {isLetter && (
        <TextInput
          label={t('letter.subject')}
          withAsterisk
          attributes={ownDirection(subject)}
          maxLength={200}
          data-autofocus
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={t('start.words')}
        withAsterisk
        attributes={ownDirection(text)}
        autosize
        minRows={isLetter ? 6 : 3}
        maxRows={14}
        data-autofocus={!isLetter || undefined}
        value={text}
        error={excess > 0 ? t('send.tooLong', { count: excess }) : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </SendForm>
  );
}
