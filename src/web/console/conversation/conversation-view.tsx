import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { LateLoader } from '../../ui/late.tsx';
import { useConversation } from '../api/conversations.ts';
import { useMay } from '../api/session.ts';
import type { Conversation } from '../api/shapes.ts';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import { Failure } from '../shell/failure.tsx';
import { Composer } from './composer.tsx';
import { ContactCard } from './contact-card.tsx';
import { ConversationHead } from './conversation-head.tsx';
import classes from './conversation-view.module.css';
import { CoverContext } from './cover.ts';
import { HandlingBar } from './handling-bar.tsx';
import { MessageList } from './message-list.tsx';
import { Ties } from './ties.tsx';
import { useSteps } from './use-steps.ts';

function Opened({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useLocation();
  const may = useMay();
  const steps = useSteps();
  const box = useRef<HTMLTextAreaElement>(null);
  const isWide = useMediaQuery('(min-width: 80em)', true, { getInitialValueInEffect: false });
  const [areDetailsOpen, setDetailsOpen] = useState(false);
  const [isCovered, setCovered] = useState(false);
  const mayWork = may('conversations.work');
  const leave = (): void => {
    if (document.activeElement === box.current) box.current?.blur();
    else void navigate(`/conversations${search}`);
  };
  useShortcuts({
    leave,
    answer: () => box.current?.focus(),
    take: () => mayWork && void steps.take(conversation, 'assign'),
  });
  return (
    <div className={classes.view} data-wide={isWide || undefined}>
      <section className={classes.talk} aria-labelledby="conversation-title">
        <ConversationHead
          conversation={conversation}
          steps={mayWork ? steps : null}
          back={`/conversations${search}`}
          onDetails={isWide ? null : () => setDetailsOpen(true)}
        />
        <HandlingBar conversation={conversation} steps={mayWork ? steps : null} />
        <Ties conversation={conversation} />
        <MessageList conversation={conversation} box={box} />
        <Composer conversation={conversation} box={box} mayWork={mayWork} />
      </section>
      {isWide ? (
        <ContactCard conversation={conversation} isTitled />
      ) : (
        <Drawer
          opened={areDetailsOpen && !isCovered}
          keepMounted={areDetailsOpen}
          keepMountedMode="display-none"
          onClose={() => setDetailsOpen(false)}
          position="right"
          size={340}
          title={t('contact.title')}
          closeButtonProps={{ 'aria-label': t('contact.close') }}
          padding={0}
          styles={{ header: { padding: '0.75rem 1rem' } }}
        >
          <CoverContext value={setCovered}>
            <ContactCard conversation={conversation} isTitled={false} />
          </CoverContext>
        </Drawer>
      )}
    </div>
  );
}

/** One conversation: what was said and why, who has it, and the box to answer. */
export function ConversationView({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useConversation(id);
  if (query.data) return <Opened conversation={query.data} />;
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  return <Failure title={t('conversation.failed')} error={query.error} onRetry={() => void query.refetch()} />;
}
