import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import type { Explanation } from './explain.ts';

const percent = (share: string | undefined): string => `${Math.round(Number(share ?? 0) * 100)}%`;

/** Says a reason of the assistant in the language of the page; null where it is not known. */
export function useReasonText(): (one: Explanation) => string | null {
  const { t, i18n } = useTranslation();
  const fieldName = (name: string): string =>
    i18n.exists(`reasons.fields.${name}`) ? t(`reasons.fields.${name as 'name'}`) : name;
  const typeName = (type: string): string =>
    i18n.exists(`ticketTypes.${type}`) ? t(`ticketTypes.${type as 'inquiry'}`) : type;
  const list = new Intl.ListFormat(i18n.language === 'en' ? 'en' : 'ar', { type: 'conjunction' });
  return ({ key, values }) => {
    if (key === null) return null;
    const { number = '', fields = '', field = '', type = '', language = 'ar', words = '', phrasing = '' } = values;
    return t(`reasons.${key}`, {
      number,
      fields: list.format(fields.split(', ').filter(Boolean).map(fieldName)),
      field: fieldName(field),
      type: typeName(type),
      language: t(language === 'en' ? 'contact.en' : 'contact.ar'),
      words: isolate(words),
      phrasing: isolate(phrasing),
      left: values.left ?? '',
      score: values.score ?? '',
      known: `${values.known ?? 0}%`,
      confidence: percent(values.confidence),
      needed: percent(values.needed),
    });
  };
}
