import { useTranslation } from 'react-i18next';
import type { Template } from '../api/shapes.ts';
import { directionOf, keyOf, stretchesOf, type Values } from './fill.ts';
import classes from './templates.module.css';

/** A template as the person will see it, with what is filled in so far. */
export function TemplatePreview({ template, values = {} }: { template: Template; values?: Values }) {
  const { t } = useTranslation();
  return (
    <figure className={classes.preview} dir={directionOf(template.language)} aria-label={t('templates.preview')}>
      {template.parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a template never move
        <p key={place} className={classes.part} data-part={part.part}>
          {stretchesOf(part, values).map((one, at) =>
            'words' in one ? (
              one.words
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor do its variables
              <mark key={keyOf({ part: 'body', name: one.name }) + at} data-empty={one.value === null || undefined}>
                <bdi>{one.value ?? `{{${one.name}}}`}</bdi>
              </mark>
            ),
          )}
        </p>
      ))}
    </figure>
  );
}
