import { Tooltip } from '@mantine/core';
import { BookOpen, Inbox, MessagesSquare, Ticket } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import { LateLoader } from '../../ui/late.tsx';
import { useWaitingCount } from '../api/conversations.ts';
import { useMay } from '../api/session.ts';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import { Connection } from './connection.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { Mark } from './mark.tsx';
import classes from './shell.module.css';
import { UserMenu } from './user-menu.tsx';

const places = [
  { to: '/conversations', name: 'conversations', icon: MessagesSquare, needs: 'conversations.read' },
  { to: '/tickets', name: 'tickets', icon: Ticket, needs: 'tickets.read' },
  { to: '/knowledge', name: 'knowledge', icon: BookOpen, needs: 'knowledge.read' },
  { to: '/inboxes', name: 'inboxes', icon: Inbox, needs: 'inboxes.read' },
] as const;

function WaitingBadge() {
  const { t } = useTranslation();
  const { data: count = 0 } = useWaitingCount(useMay()('conversations.read'));
  if (count === 0) return null;
  return (
    <span className={classes.count} title={t('nav.waiting', { count })}>
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className={classes.hidden}>{t('nav.waiting', { count })}</span>
    </span>
  );
}

function Navigation() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <nav className={classes.nav} aria-label={t('nav.label')}>
      {places
        .filter(({ needs }) => may(needs))
        .map(({ to, name, icon: Icon }) => (
          <NavLink key={to} to={to} className={classes.link}>
            <span className={classes.icon}>
              <Icon size={21} strokeWidth={1.8} aria-hidden />
              {name === 'conversations' && <WaitingBadge />}
            </span>
            {t(`nav.${name}`)}
          </NavLink>
        ))}
    </nav>
  );
}

/** The frame of every page for the signed in: navigation, connection, account. */
export function Shell() {
  const { t } = useTranslation();
  const [isHelpOpen, setHelpOpen] = useState(false);
  useShortcuts({ help: () => setHelpOpen(true) });
  // On a phone an open conversation has the whole screen.
  const isDeep = /^\/(conversations|tickets|knowledge\/articles)\/./.test(useLocation().pathname);
  return (
    <div className={classes.shell} data-deep={isDeep || undefined}>
      <a href="#content" className={classes.skip}>
        {t('app.skip')}
      </a>
      <section className={classes.rail} aria-label={t('app.console')}>
        <Tooltip label={t('app.name')}>
          <span className={classes.mark}>
            <Mark size={36} />
          </span>
        </Tooltip>
        <Navigation />
        <div className={classes.foot}>
          <Connection />
          <UserMenu onHelp={() => setHelpOpen(true)} />
        </div>
      </section>
      <main className={classes.main} id="content" tabIndex={-1}>
        <Suspense fallback={<LateLoader label={t('app.loading')} />}>
          <Outlet />
        </Suspense>
      </main>
      <KeyboardHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}
