import { Alert, Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck, KeyRound, Merge } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import { joinPeople, sendJoinCode, useConversationsOf } from '../api/people.ts';
import type { Candidate } from '../api/shapes.ts';
import { useCover } from '../conversation/cover.ts';
import { useRefusal } from '../conversation/refusal.ts';
import { shownName } from '../conversation/shown-name.ts';
import classes from './people.module.css';
import { PersonChannels } from './person-channels.tsx';

type Done = 'code' | null;

/** What goes over to the person of the card. */
function GoesOver({ candidate: { contact } }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const { data: conversations } = useConversationsOf(contact.id);
  const tickets = new Set(conversations?.flatMap(({ ticketNumbers }) => ticketNumbers));
  return (
    <ul className={classes.over}>
      <li>{t('people.overAddresses', { count: contact.addresses.length })}</li>
      {conversations && <li>{t('people.overConversations', { count: conversations.length })}</li>}
      {conversations && <li>{t('people.overTickets', { count: tickets.size })}</li>}
      <li>{t('people.overFields')}</li>
    </ul>
  );
}

function useJoining(contactId: string, otherId: string, onClose: () => void) {
  const client = useQueryClient();
  const refusal = useRefusal();
  const [running, setRunning] = useState<'join' | 'code' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [done, setDone] = useState<Done>(null);
  const run = async (which: 'join' | 'code'): Promise<void> => {
    setRunning(which);
    setFailure(null);
    try {
      if (which === 'join') {
        await joinPeople(client, contactId, otherId);
        onClose();
      } else {
        await sendJoinCode(contactId, otherId);
        setDone('code');
      }
    } catch (error) {
      setFailure(refusal(error));
    }
    setRunning(null);
  };
  return { running, failure, done, run };
}

function Choice(props: { contactId: string; name: string | null; candidate: Candidate; onClose: () => void }) {
  const { t } = useTranslation();
  const { candidate, contactId, onClose } = props;
  const { running, failure, done, run } = useJoining(contactId, candidate.contact.id, onClose);
  const visitor = t('conversations.visitor');
  const names = { name: isolate(props.name ?? visitor), other: isolate(shownName(candidate.contact.name ?? visitor)) };
  return (
    <div className={classes.choice}>
      <p className={classes.text}>{t('people.lead', names)}</p>
      <PersonChannels contact={candidate.contact} />
      <h3 className={classes.title}>{t('people.over', names)}</h3>
      <GoesOver candidate={candidate} />
      <p className={classes.hint}>{t('people.undoable')}</p>
      {failure && (
        <Alert role="alert" color="red" variant="light" p="sm">
          {failure}
        </Alert>
      )}
      {done === 'code' && (
        <Alert role="status" color="green" variant="light" p="sm" icon={<CircleCheck aria-hidden />}>
          {t('people.codeSent', names)}
        </Alert>
      )}
      <div className={classes.actions}>
        <Button
          leftSection={<KeyRound size={16} aria-hidden />}
          loading={running === 'code'}
          disabled={done === 'code'}
          onClick={() => void run('code')}
        >
          {t('people.sendCode')}
        </Button>
        <Button
          variant="default"
          leftSection={<Merge size={16} aria-hidden />}
          loading={running === 'join'}
          onClick={() => void run('join')}
        >
          {t('people.join')}
        </Button>
      </div>
      <p className={classes.hint}>{t('people.codeHint')}</p>
    </div>
  );
}

/** Asks before two contacts become one, says what goes over, and offers the proof by a code. Null shows nothing. */
export function JoinDialog(props: {
  contactId: string;
  name: string | null;
  candidate: Candidate | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  useCover(props.candidate !== null);
  // While it fades away it still shows what it was about.
  const [last, setLast] = useState(props.candidate);
  if (props.candidate && props.candidate !== last) setLast(props.candidate);
  return (
    <Modal
      opened={props.candidate !== null}
      onClose={props.onClose}
      title={t('people.title')}
      closeButtonProps={{ 'aria-label': t('people.close') }}
    >
      {last && <Choice key={last.contact.id} {...props} candidate={last} />}
    </Modal>
  );
}
