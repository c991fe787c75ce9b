import { ActionIcon, Button, Kbd } from '@mantine/core';
import { Paperclip, SendHorizontal } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import classes from './composer.module.css';
import type { Attaching } from './use-attaching.ts';

/** The paper clip: picks files, by click or by its key. */
function Attach({ attaching, onPicked }: { attaching: Attaching; onPicked: () => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const pick = (): void => input.current?.click();
  useShortcuts({ attach: pick });
  const { types = [], maxCount = 1 } = attaching.limits ?? {};
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray.7"
        size="lg"
        aria-label={t('attach.add')}
        aria-keyshortcuts="F"
        title={t('attach.add')}
        onClick={pick}
      >
        <Paperclip size={18} aria-hidden />
      </ActionIcon>
      <input
        ref={input}
        type="file"
        hidden
        multiple={maxCount > 1}
        accept={types.includes('*/*') ? undefined : types.join(',')}
        onChange={({ currentTarget }) => {
          attaching.add([...(currentTarget.files ?? [])]);
          // the same file may be picked again after it was removed
          currentTarget.value = '';
          onPicked();
        }}
      />
    </>
  );
}

/** What keeps the answer from being sent; else how it is sent by key. */
function Hint({ excess, files }: { excess: number; files: Attaching['files'] }) {
  const { t } = useTranslation();
  if (excess > 0) return <span className={classes.excess}>{t('send.tooLong', { count: excess })}</span>;
  if (files.some(({ state }) => state === 'failed')) return <span className={classes.excess}>{t('attach.mend')}</span>;
  if (files.some(({ state }) => state === 'uploading')) return t('attach.wait');
  return (
    <span className={classes.keys} aria-hidden>
      <bdi dir="ltr">
        <Kbd size="xs">Ctrl</Kbd> + <Kbd size="xs">Enter</Kbd>
      </bdi>
      {t('send.hint')}
    </span>
  );
}

/** What stands under the box: the paper clip, a hint, and sending. */
export function ComposerFoot(props: {
  attaching: Attaching;
  /** By how many letters the text is too long; none up to 0. */
  excess: number;
  hintId: string;
  canSend: boolean;
  onPicked: () => void;
}) {
  const { t } = useTranslation();
  const { attaching, excess, hintId, canSend, onPicked } = props;
  return (
    <div className={classes.foot}>
      {attaching.limits && <Attach attaching={attaching} onPicked={onPicked} />}
      <span className={classes.hint} id={hintId} role="status">
        <Hint excess={excess} files={attaching.files} />
      </span>
      <Button
        type="submit"
        disabled={!canSend}
        rightSection={<SendHorizontal size={16} className="turns-with-text" aria-hidden />}
      >
        {t('send.submit')}
      </Button>
    </div>
  );
}
