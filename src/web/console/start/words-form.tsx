import { Button, Textarea, TextInput } from '@mantine/core';
import { SendHorizontal } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import type { Inbox } from '../api/shapes.ts';
import classes from './start.module.css';

/** Free words for a first message; with a subject where the medium has one. */
export function WordsForm(props: {
  inbox: Inbox;
  isBusy: boolean;
  failure: string | null;
  onSend: (words: { text: string; subject?: string }) => void;
}) {
  const { t } = useTranslation();
  const { inbox, isBusy } = props;
  const [text, setText] = useState('');
  const [subject, setSubject] = useState('');
  const isLetter = inbox.capabilities?.form === 'letter';
  const excess = text.length - (inbox.capabilities?.maxLength ?? Number.POSITIVE_INFINITY);
  const isReady = text.trim() !== '' && excess <= 0 && (!isLetter || subject.trim() !== '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    props.onSend({ text: text.trim(), ...(isLetter ? { subject: subject.trim() } : {}) });
  };
  return (
    <form className={classes.column} onSubmit={submit}>
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
      {props.failure && (
        <p className={classes.failure} role="alert">
          {props.failure}
        </p>
      )}
      <Button
        type="submit"
        disabled={!isReady}
        loading={isBusy}
        rightSection={<SendHorizontal size={16} className="turns-with-text" aria-hidden />}
      >
        {t('send.submit')}
      </Button>
    </form>
  );
}
