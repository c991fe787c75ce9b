import { Button, type ButtonProps, Modal, NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { MessageSquarePlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { LateLoader } from '../../ui/late.tsx';
import { useInboxes } from '../api/inboxes.ts';
import { useContact } from '../api/organisation.ts';
import { useMay } from '../api/session.ts';
import type { Contact, Inbox, Template } from '../api/shapes.ts';
import { type FirstMessage, startConversation } from '../api/templates.ts';
import { useChannelName } from '../channels.tsx';
import { useCover } from '../conversation/cover.ts';
import { useRefusal } from '../conversation/refusal.ts';
import { Failure } from '../shell/failure.tsx';
import { FillForm } from '../templates/fill-form.tsx';
import { TemplateList } from '../templates/template-list.tsx';
import classes from './start.module.css';
import { type WayToStart, waysToStart } from './ways-to-start.ts';
import { WordsForm } from './words-form.tsx';

interface Purpose {
  contactId: string;
  /** The ticket that it is about; later messages land on it. */
  ticketNumber?: string | undefined;
  /** An inbox that is not offered, as its way is closed just now. */
  without?: string | undefined;
}

/** Starting with one key, so that trying again can never start twice. */
function useStarting({ contactId, ticketNumber }: Purpose, inboxId: string, onDone: () => void) {
  const navigate = useNavigate();
  const refusal = useRefusal();
  const [key] = useState(() => crypto.randomUUID());
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const start = async (words: Pick<FirstMessage, 'text' | 'subject' | 'template'>): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const linked = ticketNumber ? { ticketNumber } : {};
      const { id } = await startConversation({ contactId, inboxId, ...linked, ...words }, `${key}-${inboxId}`);
      onDone();
      void navigate(`/conversations/${id}?view=open`);
    } catch (error) {
      setFailure(refusal(error));
    }
    setBusy(false);
  };
  return { isBusy, failure, start };
}

/** What is written: a letter or a line where free words go, a template where not. */
function Writing({ purpose, way, onDone }: { purpose: Purpose; way: WayToStart; onDone: () => void }) {
  const { t } = useTranslation();
  const { inbox, byTemplate } = way;
  const [picked, setPicked] = useState<Template | null>(null);
  const { isBusy, failure, start } = useStarting(purpose, inbox.id, onDone);
  if (!byTemplate) {
    return <WordsForm inbox={inbox} isBusy={isBusy} failure={failure} onSend={(words) => void start(words)} />;
  }
  if (!picked) {
    return (
      <>
        <p className={classes.hint}>{t('start.byTemplate')}</p>
        <TemplateList inboxId={inbox.id} onPick={setPicked} />
      </>
    );
  }
  return (
    <FillForm
      template={picked}
      isBusy={isBusy}
      failure={failure}
      onBack={() => setPicked(null)}
      onSend={(template) => void start({ template })}
    />
  );
}

function Choice({
  purpose,
  contact,
  inboxes,
  onDone,
}: {
  purpose: Purpose;
  contact: Contact;
  inboxes: readonly Inbox[];
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const ways = waysToStart(inboxes, contact, purpose.without);
  const [inboxId, setInboxId] = useState(ways[0]?.inbox.id ?? '');
  const way = ways.find(({ inbox }) => inbox.id === inboxId);
  if (!way) return <p className={classes.hint}>{t('start.noWay')}</p>;
  return (
    <div className={classes.column}>
      <NativeSelect
        label={t('start.inbox')}
        value={inboxId}
        onChange={(event) => setInboxId(event.currentTarget.value)}
        data={ways.map(({ inbox, obstacle }) => ({
          value: inbox.id,
          label: `${inbox.name ?? channelName(inbox.channel)}${obstacle ? ` (${t(`start.obstacles.${obstacle}`)})` : ''}`,
        }))}
      />
      {way.obstacle ? (
        <p className={classes.hint}>{t(`start.why.${way.obstacle}`)}</p>
      ) : (
        <Writing key={inboxId} purpose={purpose} way={way} onDone={onDone} />
      )}
    </div>
  );
}

function Body({ purpose, onDone }: { purpose: Purpose; onDone: () => void }) {
  const { t } = useTranslation();
  const contact = useContact(purpose.contactId, true);
  const inboxes = useInboxes();
  if (contact.data && inboxes.data) {
    return <Choice purpose={purpose} contact={contact.data} inboxes={inboxes.data} onDone={onDone} />;
  }
  const error = contact.error ?? inboxes.error;
  if (error) return <Failure title={t('errors.title')} error={error} onRetry={() => void contact.refetch()} />;
  return <LateLoader label={t('app.loading')} />;
}

/** The way to write to a person first; not there where no inbox lets us begin, or the role may not. */
export function StartButton({ size, variant = 'light', ...purpose }: Purpose & Pick<ButtonProps, 'size' | 'variant'>) {
  const { t } = useTranslation();
  const may = useMay();
  const { data: inboxes = [] } = useInboxes();
  const [isOpen, setOpen] = useState(false);
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  useCover(isOpen);
  const able = inboxes.some((one) => one.id !== purpose.without && one.enabled && one.capabilities?.canStart);
  if (!able || !may('conversations.work') || !may('contacts.read')) return null;
  const close = (): void => setOpen(false);
  return (
    <>
      <Button
        size={size}
        variant={variant}
        leftSection={<MessageSquarePlus size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t(purpose.without ? 'start.elsewhere' : 'start.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        size="lg"
        fullScreen={isPhone ?? false}
        title={purpose.ticketNumber ? t('start.titleOn', { number: purpose.ticketNumber }) : t('start.title')}
        closeButtonProps={{ 'aria-label': t('start.close') }}
      >
        <Body purpose={purpose} onDone={close} />
      </Modal>
    </>
  );
}
