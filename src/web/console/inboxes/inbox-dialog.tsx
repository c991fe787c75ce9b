import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LateLoader } from '../../ui/late.tsx';
import { useInboxKinds, useInboxSettings } from '../api/inboxes.ts';
import { Failure } from '../shell/failure.tsx';
import { InboxForm } from './inbox-form.tsx';

function Changing({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation();
  const settings = useInboxSettings(id);
  const kinds = useInboxKinds();
  if (settings.data && kinds.data && !settings.isFetching)
    return <InboxForm kinds={kinds.data} inbox={settings.data} onDone={onDone} />;
  const error = settings.error ?? kinds.error;
  if (error) return <Failure title={t('errors.title')} error={error} onRetry={() => void settings.refetch()} />;
  return <LateLoader label={t('app.loading')} />;
}

type What = 'add' | { id: string };

/** Setting up an inbox (`add`) or changing the one of an id, over the page; null shows nothing. */
export function InboxDialog({ what, onClose }: { what: What | null; onClose: () => void }) {
  const { t } = useTranslation();
  // While it fades away it still shows what it was about.
  const [last, setLast] = useState(what);
  if (what !== null && what !== last) setLast(what);
  const { data: kinds = [] } = useInboxKinds();
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={what !== null}
      onClose={onClose}
      size="lg"
      fullScreen={isPhone ?? false}
      title={t(last === 'add' ? 'inboxForm.addTitle' : 'inboxForm.editTitle')}
      closeButtonProps={{ 'aria-label': t('inboxForm.close') }}
    >
      {last === 'add' && <InboxForm kinds={kinds} inbox={null} onDone={onClose} />}
      {last !== null && last !== 'add' && <Changing id={last.id} onDone={onClose} />}
    </Modal>
  );
}
