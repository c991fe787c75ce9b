import { Button, Tooltip } from '@mantine/core';
import { Pencil, Server } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Ltr } from '../../ui/ltr.tsx';
import { useNames } from '../api/organisation.ts';
import { useMay } from '../api/session.ts';
import type { Inbox } from '../api/shapes.ts';
import { ChannelIcon, useChannelName } from '../channels.tsx';
import { useFileSize } from '../conversation/attachments.tsx';
import { useSaid } from '../said.ts';
import { useTimes } from '../time/format.ts';
import { RiskNote, WebhookNote } from './channel-notes.tsx';
import { followsFrom, lookOf, looks } from './inbox-look.ts';
import classes from './inboxes-page.module.css';
import { LoginPanel } from './login-panel.tsx';
import { TemplatesPanel } from './templates-panel.tsx';
import { UsagePanel } from './usage-panel.tsx';

function Abilities({ capabilities }: { capabilities: NonNullable<Inbox['capabilities']> }) {
  const { t } = useTranslation();
  const size = useFileSize();
  const { visibility, canStart, attachments, replyWindowHours, inPublic, paid } = capabilities;
  return (
    <ul className={classes.abilities}>
      <li>{t(visibility === 'public' ? 'inboxes.publicReplies' : 'inboxes.privateReplies')}</li>
      {inPublic && <li>{t(inPublic.assistant === 'once' ? 'inboxes.publicToo' : 'inboxes.publicByAgents')}</li>}
      {paid && <li>{t('inboxes.paid')}</li>}
      <li>{t(canStart ? 'inboxes.canStart' : 'inboxes.onlyReply')}</li>
      <li>{attachments ? t('inboxes.files', { size: size(attachments.maxBytes) }) : t('inboxes.noFiles')}</li>
      {replyWindowHours !== null && <li>{t('inboxes.window', { count: replyWindowHours })}</li>}
    </ul>
  );
}

/** Why an inbox is as it is: what its channel says, and what follows from it. */
function Reason({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const said = useSaid();
  const look = lookOf(inbox);
  if (look === 'connected' && !inbox.reason) return null;
  const reason = look === 'off' ? null : inbox.reason;
  const plain = t(`inboxes.plain.${followsFrom(inbox)}`);
  return (
    <div className={classes.reason} data-look={looks[look]}>
      {reason ? (
        <>
          <p dir="auto">{said(reason)}</p>
          {look !== 'needs-login' && <p className={classes.detail}>{plain}</p>}
        </>
      ) : (
        <p>{plain}</p>
      )}
    </div>
  );
}

function Origin({ inbox, onEdit }: { inbox: Inbox; onEdit: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const channelName = useChannelName();
  if (inbox.origin === 'environment') {
    return (
      <Tooltip label={t('inboxes.fromEnvironmentHint')} multiline maw={260}>
        <span className={classes.origin}>
          <Server size={13} aria-hidden />
          {t('inboxes.fromEnvironment')}
        </span>
      </Tooltip>
    );
  }
  if (!may('inboxes.change')) return null;
  return (
    <Button
      size="compact-sm"
      variant="light"
      leftSection={<Pencil size={14} aria-hidden />}
      aria-label={t('inboxes.editNamed', { name: inbox.name ?? channelName(inbox.channel) })}
      onClick={onEdit}
    >
      {t('inboxes.edit')}
    </Button>
  );
}

/** One inbox: what it is, how it is and why, and the way to change it. */
export function InboxCard({ inbox, onEdit }: { inbox: Inbox; onEdit: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const times = useTimes();
  const names = useNames();
  const channelName = useChannelName();
  const look = lookOf(inbox);
  return (
    <li className={classes.card}>
      <div className={classes.line}>
        <span className={classes.icon}>
          <ChannelIcon channel={inbox.channel} size={20} />
        </span>
        <div className={classes.name}>
          <h2 dir="auto">{inbox.name ?? channelName(inbox.channel)}</h2>
          {inbox.name ? <bdi>{channelName(inbox.channel)}</bdi> : <Ltr>{inbox.id}</Ltr>}
          {inbox.address && (
            <span className={classes.address}>
              <Ltr>{inbox.address}</Ltr>
            </span>
          )}
          {inbox.phone && (
            <span className={classes.address}>
              <Ltr>{inbox.phone}</Ltr>
            </span>
          )}
        </div>
        <span className={classes.state} data-look={looks[look]}>
          <span className={classes.dot} aria-hidden />
          {t(`inboxes.states.${look}`)}
        </span>
      </div>
      <Reason inbox={inbox} />
      {look === 'needs-login' && <LoginPanel inbox={inbox} />}
      <RiskNote channel={inbox.channel} />
      {may('inboxes.change') && <WebhookNote channel={inbox.channel} />}
      <p className={classes.last}>
        {inbox.lastEventAt ? t('inboxes.lastEvent', { time: times.full(inbox.lastEventAt) }) : t('inboxes.noEvent')}
      </p>
      {inbox.departmentId && (
        <p className={classes.last}>
          {t('inboxes.department', { name: names.department(inbox.departmentId) ?? inbox.departmentId })}
        </p>
      )}
      <UsagePanel inbox={inbox} />
      {inbox.capabilities && <Abilities capabilities={inbox.capabilities} />}
      <div className={classes.foot}>
        <Origin inbox={inbox} onEdit={onEdit} />
        <TemplatesPanel inbox={inbox} />
      </div>
    </li>
  );
}
