import { Button } from '@mantine/core';
import { Compass } from 'lucide-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Route, Routes } from 'react-router';
import { Empty } from '../ui/empty.tsx';
import { SessionContext, useMay } from './api/session.ts';
import type { Session } from './api/shapes.ts';
import { DeskProvider } from './conversation/desk.tsx';
import { LiveProvider } from './live/live.tsx';
import { Shell } from './shell/shell.tsx';
import { addCaseworkTexts, addInboxTexts, addKnowledgeTexts } from './texts/desk.ts';

const ConversationsPage = lazy(() =>
  import('./conversations/conversations-page.tsx').then(({ ConversationsPage }) => ({ default: ConversationsPage })),
);
const TicketsPage = lazy(() =>
  import('./tickets/tickets-page.tsx').then(({ TicketsPage }) => ({ default: TicketsPage })),
);
const TicketPage = lazy(async () => {
  const [{ TicketPage }] = await Promise.all([import('./tickets/ticket-page.tsx'), addCaseworkTexts()]);
  return { default: TicketPage };
});
const InboxesPage = lazy(async () => {
  const [{ InboxesPage }] = await Promise.all([import('./inboxes/inboxes-page.tsx'), addInboxTexts()]);
  return { default: InboxesPage };
});

const KnowledgePages = lazy(async () => {
  const [{ KnowledgePages }] = await Promise.all([import('./knowledge/knowledge-pages.tsx'), addKnowledgeTexts()]);
  return { default: KnowledgePages };
});

function Missing() {
  const { t } = useTranslation();
  return (
    <Empty icon={Compass} title={t('errors.pageMissing')} hint={t('errors.pageMissingHint')}>
      <Button component={Link} to="/" variant="light" mt="sm">
        {t('errors.toConversations')}
      </Button>
    </Empty>
  );
}

function Pages() {
  const may = useMay();
  const home = may('conversations.read') ? '/conversations' : '/tickets';
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<Navigate to={home} replace />} />
        {may('conversations.read') && <Route path="conversations/:id?" element={<ConversationsPage />} />}
        <Route path="tickets" element={<TicketsPage />} />
        <Route path="tickets/:number" element={<TicketPage />} />
        {may('knowledge.read') && <Route path="knowledge/*" element={<KnowledgePages />} />}
        <Route path="inboxes" element={<InboxesPage />} />
        <Route path="*" element={<Missing />} />
      </Route>
    </Routes>
  );
}

/** The console of somebody who is signed in. A role that reads no conversations begins with the tickets. */
export function SignedIn({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <LiveProvider>
        <DeskProvider>
          <Pages />
        </DeskProvider>
      </LiveProvider>
    </SessionContext>
  );
}
