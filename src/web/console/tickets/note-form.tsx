import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import { errorText } from '../api/error-text.ts';
import { addNote } from '../api/tickets.ts';
import { useDesk, useDraft } from '../conversation/desk.tsx';
import classes from './ticket-page.module.css';

/** Adds an internal note. What is typed is kept until it is stored; trying again cannot note it twice. */
export function NoteForm({ number }: { number: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { drafts } = useDesk();
  const draftId = `ticket-${number}`;
  const [text, write] = useDraft(draftId);
  const attempt = useRef<{ key: string; text: string } | null>(null);
  const note = useMutation({
    mutationFn: (words: string) => {
      if (attempt.current?.text !== words) attempt.current = { key: crypto.randomUUID(), text: words };
      return addNote(number, words, attempt.current.key);
    },
    onSuccess: async (_ticket, words) => {
      attempt.current = null;
      if (drafts.read(draftId).trim() === words) write('');
      await client.invalidateQueries({ queryKey: ['ticket', number] });
    },
  });
  return (
    <form
      className={classes.note}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) note.mutate(text.trim());
      }}
    >
      <Textarea
        aria-label={t('ticket.note')}
        placeholder={`${t('ticket.note')}: ${t('ticket.notePlaceholder')}`}
        attributes={ownDirection(text)}
        autosize
        minRows={1}
        maxRows={6}
        value={text}
        error={note.error && errorText(t, note.error)}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {text.trim() !== '' && (
        <Button type="submit" variant="light" loading={note.isPending}>
          {t('ticket.addNote')}
        </Button>
      )}
    </form>
  );
}
