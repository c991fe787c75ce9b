import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, CircleCheck, Lock, Play } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import { Refusal } from '../../ui/refusal.tsx';
import { ApiError } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import type { Ticket } from '../api/shapes.ts';
import { moveTicket, type TicketMove, usePossibleSteps } from '../api/tickets.ts';
import { useRefusal } from '../conversation/refusal.ts';
import { useTimes } from '../time/format.ts';
import { instantOf, wallAt } from '../time/wall.ts';
import { stepsOf } from './possible-steps.ts';
import classes from './ticket-steps.module.css';

type Step = TicketMove['step'];

const icons = { start: Play, resolve: CircleCheck, close: Lock, delay: CalendarClock } as const;

const dayMs = 86_400_000;

/** Tomorrow at the end of a usual morning, until another time is chosen. */
const usualTime = (timeZone: string, now: number): string => `${wallAt(timeZone, now + dayMs).slice(0, 10)}T14:00`;

/** What is typed before a step, as the server takes it; null where something is missing. */
function useMove(step: Step) {
  const { now, place } = useTimes();
  const [words, setWords] = useState('');
  const [expected, setExpected] = useState(() => usualTime(place.timeZone, now));
  const expectedAt = instantOf(place.timeZone, expected);
  const isPast = expectedAt === null || Date.parse(expectedAt) <= now;
  const note = words.trim();
  const late: TicketMove | null = note && expectedAt && !isPast ? { step: 'delay', reason: note, expectedAt } : null;
  return { words, setWords, expected, setExpected, isPast, move: step === 'delay' ? late : { step, note } };
}

/** Takes the step; a ticket that changed meanwhile is shown anew first. */
function useTaking(ticket: Ticket, onDone: () => void) {
  const client = useQueryClient();
  const refresh = (): Promise<unknown> =>
    Promise.all([['ticket', ticket.number], ['tickets']].map((queryKey) => client.invalidateQueries({ queryKey })));
  return useMutation({
    mutationFn: (move: TicketMove) => moveTicket(ticket, move),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
    onError: () => void refresh(),
  });
}

function Confirm({ ticket, step, onDone }: { ticket: Ticket; step: Step; onDone: () => void }) {
  const { t } = useTranslation();
  const refusal = useRefusal();
  const taking = useTaking(ticket, onDone);
  const { words, setWords, expected, setExpected, isPast, move } = useMove(step);
  const isDelay = step === 'delay';
  const { error } = taking;
  const isStale = error instanceof ApiError && error.code === 'conflict';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (move && !taking.isPending) taking.mutate(move);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.what}>{t(`steps.confirm.${step}`)}</p>
      <Textarea
        label={t(isDelay ? 'steps.reason' : 'steps.note')}
        description={isDelay ? t('steps.reasonHint') : undefined}
        withAsterisk={isDelay}
        attributes={ownDirection(words)}
        data-autofocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={isDelay ? 500 : 2_000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {isDelay && (
        <TextInput
          type="datetime-local"
          label={t('steps.expected')}
          withAsterisk
          value={expected}
          error={isPast ? t('steps.past') : undefined}
          onChange={(event) => setExpected(event.currentTarget.value)}
        />
      )}
      {error && <Refusal>{isStale ? t('steps.changed') : refusal(error)}</Refusal>}
      <span className={classes.actions}>
        <Button type="submit" disabled={move === null} loading={taking.isPending}>
          {t(isDelay ? 'steps.send' : `steps.${step}`)}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('steps.cancel')}
        </Button>
      </span>
    </form>
  );
}

/** What can be done with a ticket now, each after it was said what follows from it. */
export function TicketSteps({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const may = useMay();
  const [asked, setAsked] = useState<Step | null>(null);
  // While it fades away it still shows what it was about.
  const [last, setLast] = useState<Step | null>(null);
  if (asked !== null && asked !== last) setLast(asked);
  const possible = stepsOf(usePossibleSteps(ticket).data ?? []);
  if (!may('tickets.step') || (possible.length === 0 && asked === null)) return null;
  const close = (): void => setAsked(null);
  return (
    <section className={classes.steps} aria-label={t('steps.label')}>
      {possible.map((step, place) => {
        const Icon = icons[step];
        return (
          <Button
            key={step}
            size="compact-md"
            variant={place === 0 ? 'filled' : 'default'}
            leftSection={<Icon size={15} aria-hidden />}
            onClick={() => setAsked(step)}
          >
            {t(`steps.${step}`)}
          </Button>
        );
      })}
      <Modal
        opened={asked !== null}
        onClose={close}
        title={last && t(`steps.${last}`)}
        closeButtonProps={{ 'aria-label': t('steps.cancel') }}
      >
        {last && <Confirm key={last} ticket={ticket} step={last} onDone={close} />}
      </Modal>
    </section>
  );
}
