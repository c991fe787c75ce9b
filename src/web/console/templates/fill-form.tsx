import { Button, TextInput } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import { Ltr } from '../../ui/ltr.tsx';
import { ownDirection } from '../../ui/own-direction.ts';
import { SendForm } from '../../ui/send-form.tsx';
import type { Template } from '../api/shapes.ts';
import type { FilledTemplate } from '../api/templates.ts';
import { filled, isFilled, keyOf, type Values, variablesOf } from './fill.ts';
import { TemplatePreview } from './template-preview.tsx';
import classes from './templates.module.css';

const isNumber = (name: string): boolean => /^\d+$/.test(name);

/** The picked template: a field for each variable, how it will look, and the way to send it. */
export function FillForm(props: {
  template: Template;
  isBusy: boolean;
  /** Why the last try failed. */
  failure: string | null;
  onBack: () => void;
  onSend: (template: FilledTemplate) => void;
}) {
  const { t } = useTranslation();
  const { template } = props;
  const [values, setValues] = useState<Values>({});
  const variables = variablesOf(template);
  const isReady = isFilled(template, values);
  const send = (): void => props.onSend(filled(template, values));
  const labelOf = ({ part, name }: (typeof variables)[number]): string =>
    t(`templates.variable.${part}`, { name: isolate(isNumber(name) ? name : name.replaceAll('_', ' ')) });
  return (
    <SendForm label={t('templates.send')} isReady={isReady} isBusy={props.isBusy} failure={props.failure} onSend={send}>
      <div className={classes.head}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<ArrowLeft size={15} className="turns-with-text" aria-hidden />}
          onClick={props.onBack}
        >
          {t('templates.another')}
        </Button>
        <Ltr>{template.name}</Ltr>
      </div>
      {variables.map((one, place) => (
        <TextInput
          key={keyOf(one)}
          label={labelOf(one)}
          description={one.example ? t('templates.example', { example: isolate(one.example) }) : undefined}
          withAsterisk
          attributes={ownDirection(values[keyOf(one)] ?? '')}
          maxLength={1000}
          autoComplete="off"
          data-autofocus={place === 0 || undefined}
          value={values[keyOf(one)] ?? ''}
          onChange={({ currentTarget: { value } }) => setValues((before) => ({ ...before, [keyOf(one)]: value }))}
        />
      ))}
      <TemplatePreview template={template} values={values} />
    </SendForm>
  );
}
