import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ownDirection } from '../../ui/own-direction.ts';
import type { InboxKind } from '../api/shapes.ts';
import { schemeOf } from './server-address.ts';
import { ServerInput } from './server-input.tsx';

export type Field = InboxKind['fields'][number];

/** What a field is called, what it is for, and what its choices mean: in the language of the page where that is known, else as the server says. */
export function useFieldTexts(
  channel: string,
): (field: Field) => { label: string; help: string; choice: (value: string) => string } {
  const { i18n } = useTranslation();
  return ({ name, help }) => {
    const at = `inboxFields.${channel}.${name}`;
    const known = (part: string): string | null => {
      const path = `${at}.${part}`;
      return i18n.exists(path) ? String(i18n.getFixedT(i18n.language)(path as never)) : null;
    };
    const choice = (value: string): string => known(`choices.${value}`) ?? value;
    return { label: known('label') ?? name, help: known('help') ?? help, choice };
  };
}

interface Props {
  channel: string;
  field: Field;
  /** What is kept: true for a secret of which nothing can be shown. */
  kept: string | true | undefined;
  /** What was typed; undefined where it was not touched. */
  typed: string | undefined;
  error: string | undefined;
  onChange: (value: string) => void;
}

const isWords = (name: string): boolean => name === 'NAME';

/** One setting of an inbox: the parts of a server's address, a choice, a secret that is never shown again, or words. */
export function FieldInput({ channel, field, kept, typed, error, onChange }: Props) {
  const { t } = useTranslation();
  const { label, help, choice } = useFieldTexts(channel)(field);
  const scheme = schemeOf(field);
  const shown = typeof kept === 'string' ? kept : undefined;
  const usual =
    field.default && !kept && !field.choices
      ? ` ${t('inboxForm.usual', { value: `\u2068${field.default}\u2069` })}`
      : '';
  const shared = {
    label,
    description: field.secret && kept ? t('inboxForm.kept') : `${help}${usual}`,
    withAsterisk: field.required,
    error,
    name: field.name,
    ...(isWords(field.name) ? { attributes: ownDirection(typed ?? shown ?? '') } : { dir: 'ltr' }),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (scheme)
    return <ServerInput {...{ label, help, scheme, required: field.required, kept: shown, error, onChange }} />;
  if (field.choices) {
    const choices = field.choices.map((value) => ({ value, label: choice(value) }));
    const none = field.default ? [] : [{ value: '', label: t('inboxForm.choose') }];
    return (
      <NativeSelect
        {...shared}
        dir={undefined}
        data={[...none, ...choices]}
        value={typed ?? shown ?? field.default ?? ''}
      />
    );
  }
  if (field.secret) {
    return (
      <PasswordInput
        {...shared}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('inboxForm.showPassword'), tabIndex: 0 }}
        value={typed ?? ''}
      />
    );
  }
  return <TextInput {...shared} autoComplete="off" value={typed ?? shown ?? ''} />;
}
