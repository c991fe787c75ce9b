import { MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Empty } from '../../ui/empty.tsx';
import { ConversationView } from '../conversation/conversation-view.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { ConversationList } from './conversation-list.tsx';
import classes from './conversations-page.module.css';

/** The list and, beside it, the conversation that is open; on a phone one of the two. */
export function ConversationsPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  usePageTitle(t('conversations.title'));
  return (
    <div className={classes.page} data-open={id ? true : undefined}>
      <ConversationList />
      <div className={classes.side}>
        {id ? (
          <ConversationView key={id} id={id} />
        ) : (
          <Empty icon={MessagesSquare} title={t('conversations.pick')} hint={t('conversations.pickHint')} />
        )}
      </div>
    </div>
  );
}
