import { useMemo } from 'react';
import { renderMarkdown } from '../../../knowledge/markdown.ts';
import classes from './body-preview.module.css';

/** An answer as the chat shows it, made by the same code that makes it there. Loaded when it is first looked at. */
export function BodyPreview({ body }: { body: string }) {
  const html = useMemo(() => renderMarkdown(body), [body]);
  return (
    <div
      className={classes.bubble}
      dir="auto"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the renderer lets no HTML through and no other links than web, mail and phone
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
