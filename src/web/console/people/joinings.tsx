import { Alert, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgentName } from '../api/organisation.ts';
import { partPeople, useJoinings } from '../api/people.ts';
import { useMay } from '../api/session.ts';
import type { Joining } from '../api/shapes.ts';
import { useRefusal } from '../conversation/refusal.ts';
import { useTimes } from '../time/format.ts';
import classes from './people.module.css';

function Undo({ contactId, mergeId }: { contactId: string; mergeId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refusal = useRefusal();
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const undo = async (): Promise<void> => {
    setBusy(true);
    await partPeople(client, contactId, mergeId).catch(setError);
    setBusy(false);
  };
  if (!isAsked) {
    return (
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<Undo2 size={14} className="turns-with-text" aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t('people.undo')}
      </Button>
    );
  }
  return (
    <Alert role="alert" color="orange" variant="light" p="sm">
      {t('people.undoSure')}
      <span className={classes.actions}>
        <Button size="compact-sm" color="red" loading={isBusy} onClick={() => void undo()}>
          {t('people.undoNow')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
          {t('steps.cancel')}
        </Button>
      </span>
      {error !== null && <p className={classes.failure}>{refusal(error)}</p>}
    </Alert>
  );
}

function OneJoining({ joining, contactId }: { joining: Joining; contactId: string }) {
  const { t } = useTranslation();
  const times = useTimes();
  const may = useMay();
  const agent = useAgentName()(joining.agentId);
  return (
    <li className={classes.person}>
      <strong dir="auto">{joining.otherName ?? t('conversations.visitor')}</strong>
      <span className={classes.why}>
        {t(`people.proof.${joining.proof}`)}
        {agent && (
          <>
            {' · '}
            <bdi>{agent}</bdi>
          </>
        )}
        {' · '}
        {times.full(joining.at)}
      </span>
      {may('contacts.change') && <Undo contactId={contactId} mergeId={joining.id} />}
    </li>
  );
}

/** Contacts that turned out to be this person, each with the way back. */
export function Joinings({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const { data: joinings = [] } = useJoinings(contactId);
  if (joinings.length === 0) return null;
  return (
    <section className={classes.joined} aria-labelledby="joined-people">
      <h2 id="joined-people" className={classes.title}>
        {t('people.joined')}
      </h2>
      <ul className={classes.people}>
        {joinings.map((joining) => (
          <OneJoining key={joining.id} joining={joining} contactId={contactId} />
        ))}
      </ul>
    </section>
  );
}
