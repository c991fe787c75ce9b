import { Button, Checkbox, NativeSelect } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../ui/refusal.tsx';
import { ApiError } from '../api/client.ts';
import { useInboxes } from '../api/inboxes.ts';
import { changeReaching } from '../api/people.ts';
import { useMay } from '../api/session.ts';
import type { Contact } from '../api/shapes.ts';
import { useChannelName } from '../channels.tsx';
import classes from './contact-reaching.module.css';
import { useRefusal } from './refusal.ts';

/** The kinds of channels over which somebody can be written to first, with those that are chosen already. */
function useKinds({ preferredChannel, mutedChannels = [] }: Contact): string[] {
  const { data: inboxes = [] } = useInboxes();
  const able = inboxes.filter(({ capabilities }) => capabilities?.canStart).map(({ channel }) => channel);
  return [...new Set([...able, ...(preferredChannel ? [preferredChannel] : []), ...mutedChannels])];
}

function Form({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refusal = useRefusal();
  const channelName = useChannelName();
  const kinds = useKinds(contact);
  const [preferred, setPreferred] = useState(contact.preferredChannel ?? '');
  const [muted, setMuted] = useState<readonly string[]>(contact.mutedChannels ?? []);
  const saving = useMutation({
    mutationFn: () =>
      changeReaching(client, contact, { preferredChannel: preferred || null, mutedChannels: [...muted] }),
    onSuccess: onDone,
  });
  const { error } = saving;
  const isStale = error instanceof ApiError && error.code === 'conflict';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <NativeSelect
        size="sm"
        label={t('reaching.preferred')}
        value={preferred}
        onChange={(event) => setPreferred(event.currentTarget.value)}
        data={[
          { value: '', label: t('reaching.noPreference') },
          ...kinds.filter((kind) => !muted.includes(kind)).map((value) => ({ value, label: channelName(value) })),
        ]}
      />
      <Checkbox.Group
        size="sm"
        label={t('reaching.muted')}
        description={t('reaching.mutedHint')}
        value={[...muted]}
        onChange={(chosen) => {
          setMuted(chosen);
          if (chosen.includes(preferred)) setPreferred('');
        }}
      >
        <div className={classes.kinds}>
          {kinds.map((kind) => (
            <Checkbox key={kind} size="sm" value={kind} label={channelName(kind)} />
          ))}
        </div>
      </Checkbox.Group>
      {error && <Refusal>{isStale ? t('reaching.changed') : refusal(error)}</Refusal>}
      <span className={classes.actions}>
        <Button type="submit" size="compact-md" loading={saving.isPending}>
          {t('reaching.save')}
        </Button>
        <Button size="compact-md" variant="default" onClick={onDone}>
          {t('reaching.cancel')}
        </Button>
      </span>
    </form>
  );
}

/** Over which channels a person wishes to be written to first, and over which not. */
export function ContactReaching({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const channelName = useChannelName();
  const list = new Intl.ListFormat(i18n.language === 'en' ? 'en' : 'ar', { type: 'conjunction' });
  const [isOpen, setOpen] = useState(false);
  const { preferredChannel, mutedChannels = [] } = contact;
  if (isOpen) return <Form contact={contact} onDone={() => setOpen(false)} />;
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('reaching.preferred')}</dt>
        <dd>{preferredChannel ? channelName(preferredChannel) : t('reaching.noPreference')}</dd>
        {mutedChannels.length > 0 && (
          <>
            <dt>{t('reaching.muted')}</dt>
            <dd>{list.format(mutedChannels.map(channelName))}</dd>
          </>
        )}
      </dl>
      {may('contacts.change') && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Pencil size={13} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {t('reaching.edit')}
        </Button>
      )}
    </>
  );
}
