import { Alert, Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import { ApiError } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import { faultsIn, type InboxFacts, saveInbox } from '../api/inboxes.ts';
import { useDepartments } from '../api/organisation.ts';
import type { InboxKind, InboxSettings } from '../api/shapes.ts';
import { useChannelName } from '../channels.tsx';
import { useSaid } from '../said.ts';
import { RiskNote, WebhookNote } from './channel-notes.tsx';
import { FieldInput } from './field-input.tsx';
import classes from './inbox-form.module.css';
import { partFields } from './part-fields.ts';
import { RemoveInbox } from './remove-inbox.tsx';

interface Props {
  kinds: readonly InboxKind[];
  /** The inbox that is changed; null for a new one. */
  inbox: InboxSettings | null;
  onDone: () => void;
}

type Typed = Readonly<Record<string, string>>;

/** What goes to the server: settings that were touched; one that was emptied is taken away, a secret never is. */
const touched = (kind: InboxKind, typed: Typed): InboxFacts['values'] =>
  Object.fromEntries(
    kind.fields.flatMap(({ name, secret }): [string, string | null][] => {
      const value = typed[name];
      if (value === undefined || (secret && value === '')) return [];
      return [[name, value === '' ? null : value]];
    }),
  );

function Departments({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const { t, i18n } = useTranslation();
  const departments = useDepartments() ?? [];
  const language = i18n.language === 'en' ? 'en' : 'ar';
  return (
    <NativeSelect
      label={t('inboxForm.department')}
      description={t('inboxForm.departmentHint')}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      data={[
        { value: '', label: t('inboxForm.usualDepartment') },
        ...departments.map(({ id, name }) => ({ value: id, label: name[language] })),
      ]}
    />
  );
}

function Failed({ error, hasFaults }: { error: unknown; hasFaults: boolean }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const isStale = error instanceof ApiError && error.code === 'conflict';
  const sentence = isStale ? t('inboxForm.changed') : hasFaults ? t('inboxForm.faults') : errorText(t, error);
  return (
    <Alert role="alert" color="red" variant="light" icon={<CircleAlert aria-hidden />} p="sm">
      {sentence}
    </Alert>
  );
}

/** The settings of one kind: those that are needed, and the others behind a lid that a fault opens. */
function Fields(props: {
  kind: InboxKind;
  inbox: InboxSettings | null;
  typed: Typed;
  faults: Readonly<Record<string, string>>;
  onType: (name: string, value: string) => void;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  const { kind, inbox, typed, faults } = props;
  const one = (field: InboxKind['fields'][number]) => {
    const fault = faults[`values.${field.name}`];
    return (
      <FieldInput
        key={field.name}
        channel={kind.channel}
        field={field}
        kept={inbox?.values?.[field.name]}
        typed={typed[field.name]}
        error={fault && said(fault)}
        onChange={(value) => props.onType(field.name, value)}
      />
    );
  };
  const { first, further } = partFields(kind);
  const isOpen = further.some(({ name }) => faults[`values.${name}`]);
  return (
    <>
      {first.map(one)}
      {further.length > 0 && (
        <details className={classes.more} open={isOpen || undefined}>
          <summary>{t('inboxForm.more')}</summary>
          <div className={classes.fields}>{further.map(one)}</div>
        </details>
      )}
    </>
  );
}

/** What is being typed, and sending it off. */
function useInboxForm({ kinds, inbox, onDone }: Props) {
  const client = useQueryClient();
  const [channel, setChannel] = useState(inbox?.channel ?? kinds[0]?.channel ?? '');
  const [facts, setFacts] = useState({
    name: inbox?.name ?? '',
    departmentId: inbox?.departmentId ?? null,
    enabled: inbox?.enabled ?? true,
  });
  const [typed, setTyped] = useState<Typed>({});
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const kind = kinds.find((one) => one.channel === channel);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (isBusy || !kind || !facts.name.trim()) return;
    setBusy(true);
    setError(null);
    const which = inbox ? { id: inbox.id, version: inbox.version ?? 0 } : { channel };
    const given = { ...facts, name: facts.name.trim(), values: touched(kind, typed) };
    await saveInbox(client, which, given).then(onDone, setError);
    setBusy(false);
  };
  const type = (name: string, value: string): void => setTyped((before) => ({ ...before, [name]: value }));
  return { channel, setChannel, facts, setFacts, typed, type, error, isBusy, tried, kind, submit };
}

/** Sets up an inbox or changes one. Secrets are never filled in: an empty one stays as it is. */
export function InboxForm(props: Props) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const { kinds, inbox, onDone } = props;
  const { facts, setFacts, ...form } = useInboxForm(props);
  const faults = faultsIn(form.error);
  return (
    <form className={classes.fields} onSubmit={(event) => void form.submit(event)} noValidate>
      {!inbox && kinds.length > 1 && (
        <NativeSelect
          label={t('inboxForm.channel')}
          value={form.channel}
          onChange={(event) => form.setChannel(event.currentTarget.value)}
          data={kinds.map(({ channel }) => ({ value: channel, label: channelName(channel) }))}
        />
      )}
      <RiskNote channel={form.channel} />
      <WebhookNote channel={form.channel} />
      <TextInput
        label={t('inboxForm.name')}
        description={t('inboxForm.nameHint')}
        withAsterisk
        attributes={ownDirection(facts.name)}
        data-autofocus={!inbox || undefined}
        maxLength={100}
        value={facts.name}
        onChange={(event) => setFacts({ ...facts, name: event.currentTarget.value })}
        error={form.tried && !facts.name.trim() && t('inboxForm.required')}
      />
      {form.kind && <Fields kind={form.kind} inbox={inbox} typed={form.typed} faults={faults} onType={form.type} />}
      <Departments value={facts.departmentId} onChange={(departmentId) => setFacts({ ...facts, departmentId })} />
      {inbox && (
        <Switch
          label={t('inboxForm.enabled')}
          checked={facts.enabled}
          onChange={(event) => setFacts({ ...facts, enabled: event.currentTarget.checked })}
        />
      )}
      <Failed error={form.error} hasFaults={Object.keys(faults).length > 0} />
      <div className={classes.actions}>
        <Button type="submit" loading={form.isBusy}>
          {t(inbox ? 'inboxForm.save' : 'inboxForm.connect')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('inboxForm.cancel')}
        </Button>
        {inbox && <RemoveInbox id={inbox.id} onDone={onDone} />}
      </div>
    </form>
  );
}
