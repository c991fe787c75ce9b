import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepMessage } from '../api/messages.ts';
import type { Conversation, Template } from '../api/shapes.ts';
import { type FilledTemplate, sendTemplate } from '../api/templates.ts';
import { useRefusal } from '../conversation/refusal.ts';
import { FillForm } from './fill-form.tsx';
import { TemplateList } from './template-list.tsx';

/** Sending with one key, so that trying again can never send twice. */
function useSending({ id }: Conversation, onDone: () => void) {
  const client = useQueryClient();
  const refusal = useRefusal();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (template: FilledTemplate): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      keepMessage(client, id, await sendTemplate(id, template, key));
      setKey(crypto.randomUUID());
      onDone();
    } catch (error) {
      setFailure(refusal(error));
    }
    setBusy(false);
  };
  return { isBusy, failure, send, forget: () => setFailure(null) };
}

function Steps({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const [picked, setPicked] = useState<Template | null>(null);
  const { isBusy, failure, send, forget } = useSending(conversation, onDone);
  if (!picked) return <TemplateList inboxId={conversation.inboxId} onPick={setPicked} />;
  const back = (): void => {
    forget();
    setPicked(null);
  };
  return (
    <FillForm
      template={picked}
      isBusy={isBusy}
      failure={failure}
      onBack={back}
      onSend={(template) => void send(template)}
    />
  );
}

/** Picks an approved template, fills it in and sends it into a conversation. */
export function TemplateDialog(props: { conversation: Conversation; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      size="lg"
      fullScreen={isPhone ?? false}
      title={t('templates.pick')}
      closeButtonProps={{ 'aria-label': t('templates.close') }}
    >
      <Steps conversation={props.conversation} onDone={props.onClose} />
    </Modal>
  );
}
