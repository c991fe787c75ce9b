import { Button } from '@mantine/core';
import { CircleAlert, Clock3, Globe, Lock } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import { readSaid, useSaid } from '../said.ts';
import { Attachments } from './attachments.tsx';
import { useDesk } from './desk.tsx';
import classes from './message.module.css';
import type { Outgoing } from './outbox.ts';

type Box = RefObject<HTMLTextAreaElement | null>;

function useReason(): (one: Outgoing) => string {
  const { t } = useTranslation();
  const said = useSaid();
  return ({ reason, says }) => {
    if (reason === 'files-gone') return t('attach.filesGone');
    if (reason === 'reloaded' || reason === null) return t('send.reloaded');
    if (says && readSaid(says)) return said(says);
    if (reason === 'window-closed' || reason === 'opted-out') return t(`failures.${reason}`);
    return errorText(t, new ApiError(reason, ''));
  };
}

function Failed({ one, box }: { one: Outgoing; box: Box }) {
  const { t } = useTranslation();
  const { outbox, drafts, tray } = useDesk();
  const reason = useReason()(one);
  const takeBack = (): void => {
    const back = outbox.takeBack(one.key);
    if (!back) return;
    const texts = [back.text, drafts.read(one.conversationId)];
    drafts.write(one.conversationId, texts.filter(Boolean).join('\n'));
    tray.putBack(one.conversationId, back.files, back.reason === 'files-gone' ? 'gone' : null);
    box.current?.focus();
  };
  return (
    <>
      <span className={classes.delivery} data-status="failed" role="alert">
        <CircleAlert size={13} aria-hidden />
        {t('send.failed', { reason })}
      </span>
      <span className={classes.again}>
        <Button size="compact-xs" variant="light" onClick={() => outbox.retry(one.key)}>
          {t('send.retry')}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray.7" onClick={takeBack}>
          {t('send.edit')}
        </Button>
      </span>
    </>
  );
}

/** Who is to read it, where that was chosen. */
function Readers({ visibility }: { visibility: NonNullable<Outgoing['visibility']> }) {
  const { t } = useTranslation();
  const Icon = visibility === 'public' ? Globe : Lock;
  return (
    <span className={classes.delivery}>
      <Icon size={13} aria-hidden />
      {t(visibility === 'public' ? 'public.toAll' : 'public.toPerson')}
    </span>
  );
}

const here = { state: 'here', reason: null } as const;

/** Answers that are on their way or did not get through: shown at once, in their place. */
export function OutgoingList({ outgoing, box }: { outgoing: readonly Outgoing[]; box: Box }) {
  const { t } = useTranslation();
  if (outgoing.length === 0) return null;
  return (
    <div className={classes.group} data-author="agent">
      {outgoing.map((one) => (
        <div key={one.key} className={classes.one}>
          <div className={classes.bubble} data-author="agent" data-state={one.state}>
            {one.text && (
              <p className={classes.words} dir="auto">
                {one.text}
              </p>
            )}
            <Attachments message={{ attachments: one.files.map((file) => ({ ...file, ...here })), kind: 'text' }} />
          </div>
          <span className={classes.facts}>
            {one.visibility && <Readers visibility={one.visibility} />}
            {one.state === 'failed' ? (
              <Failed one={one} box={box} />
            ) : (
              <span className={classes.delivery}>
                <Clock3 size={13} aria-hidden />
                {t('send.sending')}
              </span>
            )}
          </span>
        </div>
      ))}
    </div>
  );
}
