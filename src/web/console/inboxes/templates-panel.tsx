import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { LayoutTemplate, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { LateLoader } from '../../ui/late.tsx';
import { Ltr } from '../../ui/ltr.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { useMay } from '../api/session.ts';
import type { Inbox, Template } from '../api/shapes.ts';
import { mapTemplate, syncTemplates, useTemplates } from '../api/templates.ts';
import { useRefusal } from '../conversation/refusal.ts';
import { Failure } from '../shell/failure.tsx';
import { useLanguageName } from '../templates/language-name.ts';
import { TemplatePreview } from '../templates/template-preview.tsx';
import classes from '../templates/templates.module.css';
import { useTimes } from '../time/format.ts';

const looks = {
  approved: 'good',
  pending: 'busy',
  rejected: 'bad',
  paused: 'bad',
  disabled: 'off',
  other: 'off',
} as const;

/** Our own notices that may go out in the words of a template. */
const notices = ['notice-ticket-received', 'notice-in-progress', 'notice-delayed', 'notice-closed'] as const;

/** Of which notice a template is the approved form. */
function NoticeOf({ template }: { template: Template }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refusal = useRefusal();
  const [error, setError] = useState<unknown>(null);
  const map = (notice: string): void => {
    setError(null);
    void mapTemplate(client, template, notice || null).catch(setError);
  };
  const strange = template.notice !== null && !notices.some((one) => one === template.notice) ? [template.notice] : [];
  return (
    <NativeSelect
      size="xs"
      label={t('templates.notice')}
      value={template.notice ?? ''}
      error={error === null ? undefined : refusal(error)}
      onChange={(event) => map(event.currentTarget.value)}
      data={[
        { value: '', label: t('templates.noNotice') },
        ...notices.map((value) => ({ value, label: t(`templates.notices.${value}`) })),
        ...strange.map((value) => ({ value, label: value })),
      ]}
    />
  );
}

function OneTemplate({ template }: { template: Template }) {
  const { t } = useTranslation();
  const mayChange = useMay()('inboxes.change');
  const languageName = useLanguageName();
  const { name, language, status } = template;
  return (
    <li className={classes.row}>
      <span className={classes.name}>
        <Ltr>{name}</Ltr>
        <span className={classes.state} data-look={looks[status]}>
          {t(`templates.states.${status}`)}
        </span>
      </span>
      <span className={classes.small}>{languageName(language)}</span>
      <TemplatePreview template={template} />
      {mayChange && status === 'approved' && <NoticeOf template={template} />}
    </li>
  );
}

function Body({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refusal = useRefusal();
  const times = useTimes();
  const mayChange = useMay()('inboxes.change');
  const query = useTemplates(inbox.id);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const sync = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    await syncTemplates(client, inbox.id).catch(setError);
    setBusy(false);
  };
  if (query.isPending) return <LateLoader label={t('app.loading')} />;
  if (!query.data) {
    return <Failure title={t('templates.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  const last = query.data
    .map(({ syncedAt }) => syncedAt)
    .toSorted()
    .at(-1);
  return (
    <div className={classes.column}>
      <div className={classes.tools}>
        <span className={classes.small}>{last ? t('templates.synced', { time: times.full(last) }) : ''}</span>
        {mayChange && (
          <Button
            size="compact-md"
            variant="light"
            loading={isBusy}
            leftSection={<RefreshCw size={15} aria-hidden />}
            onClick={() => void sync()}
          >
            {t('templates.sync')}
          </Button>
        )}
      </div>
      {error !== null && <Refusal>{refusal(error)}</Refusal>}
      {query.data.length === 0 && (
        <Empty icon={LayoutTemplate} title={t('templates.none')} hint={t('templates.noneHint')} />
      )}
      <ul className={classes.rows}>
        {query.data.map((template) => (
          <OneTemplate key={template.id} template={template} />
        ))}
      </ul>
    </div>
  );
}

/** The templates of an inbox with their states, for the inboxes that have them. */
export function TemplatesPanel({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  if (!inbox.capabilities?.templates) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<LayoutTemplate size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('templates.title')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        size="lg"
        fullScreen={isPhone ?? false}
        title={t('templates.title')}
        closeButtonProps={{ 'aria-label': t('templates.close') }}
      >
        <Body inbox={inbox} />
      </Modal>
    </>
  );
}
