import { ActionIcon, Button, Kbd } from '@mantine/core';
import { Paperclip, SendHorizontal } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../keyboard/use-shortcuts.ts';
import type { Audience } from './audience.ts';
import classes from './composer.module.css';
import { PostCount } from './public-writing.tsx';
import type { Answer } from './use-answer.ts';
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

/** What keeps the answer from being sent; else how much room it takes, and how it is sent by key. */
function Hint({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const { fit, attaching, areFilesRefused } = answer;
  const { files } = attaching;
  if (fit.excess > 0) return <span className={classes.excess}>{t('send.tooLong', { count: fit.excess })}</span>;
  if (files.some(({ state }) => state === 'failed')) return <span className={classes.excess}>{t('attach.mend')}</span>;
  if (areFilesRefused) return <span className={classes.excess}>{t('public.filesRefused')}</span>;
  if (files.some(({ state }) => state === 'uploading')) return t('attach.wait');
  if (fit.posts && fit.posts.used > 0) return <PostCount posts={fit.posts} />;
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
export function ComposerFoot(props: { answer: Answer; hintId: string; audience: Audience; onPicked: () => void }) {
  const { t } = useTranslation();
  const { answer, hintId, audience, onPicked } = props;
  const isPublic = audience.visibility === 'public' && audience.choose !== null;
  return (
    <div className={classes.foot}>
      {answer.attaching.limits && <Attach attaching={answer.attaching} onPicked={onPicked} />}
      <span className={classes.hint} id={hintId} role="status">
        <Hint answer={answer} />
      </span>
      <Button
        type="submit"
        color={isPublic ? '#93370d' : undefined}
        disabled={!answer.canSend}
        rightSection={<SendHorizontal size={16} className="turns-with-text" aria-hidden />}
      >
        {t(isPublic ? 'public.publish' : 'send.submit')}
      </Button>
    </div>
  );
}
