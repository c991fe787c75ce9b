import { ActionIcon } from '@mantine/core';
import { CircleAlert, RotateCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import { ApiError } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import type { FileLimits, Refused } from './admit-files.ts';
import { iconFor, useFileSize } from './attachments.tsx';
import { useDesk } from './desk.tsx';
import type { FileFailure, TrayFile } from './tray.ts';
import classes from './tray-list.module.css';
import type { Attaching } from './use-attaching.ts';

function useFailure(): (reason: FileFailure) => string {
  const { t } = useTranslation();
  return (reason) => {
    if (reason === 'gone') return t('attach.gone');
    return reason === 'wrong-type' || reason === 'invalid'
      ? t('attach.typeRefused')
      : errorText(t, new ApiError(reason, ''));
  };
}

function Chip({ file, onRemoved }: { file: TrayFile; onRemoved: () => void }) {
  const { t } = useTranslation();
  const { tray } = useDesk();
  const size = useFileSize();
  const failure = useFailure();
  const { key, name, type, bytes, state, share, reason, canRetry } = file;
  const Icon = state === 'failed' ? CircleAlert : iconFor(type);
  const label = isolate(name);
  return (
    <li className={classes.chip} data-state={state}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <span className={classes.facts}>
        <bdi className={classes.name} title={name}>
          {name}
        </bdi>
        {reason ? <span className={classes.why}>{failure(reason)}</span> : <span>{size(bytes)}</span>}
        {state === 'uploading' && (
          <progress
            className={classes.share}
            max={1}
            value={share}
            aria-label={t('attach.progress', { name: label })}
          />
        )}
      </span>
      {state === 'failed' && canRetry && (
        <ActionIcon
          variant="subtle"
          color="gray.7"
          size="md"
          aria-label={t('attach.retry', { name: label })}
          onClick={() => tray.retry(key)}
        >
          <RotateCw size={14} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        color="gray.7"
        size="md"
        aria-label={t('attach.remove', { name: label })}
        onClick={() => {
          tray.remove(key);
          onRemoved();
        }}
      >
        <X size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}

/** Why files that were just given are not among those attached. */
function RefusedFiles({ refused, limits }: { refused: readonly Refused[]; limits: FileLimits }) {
  const { t } = useTranslation();
  const size = useFileSize();
  const sentences = refused.map(({ why, name }) =>
    why === 'too-many'
      ? t('attach.tooMany', { count: limits.maxCount })
      : t(`attach.refused.${why}`, { name: isolate(name), size: isolate(size(limits.maxBytes)) }),
  );
  return (
    <div className={classes.refused} role="alert">
      {[...new Set(sentences)].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

/** The files of the answer that is being written, and what did not fit. */
export function TrayList({ attaching, onRemoved }: { attaching: Attaching; onRemoved: () => void }) {
  const { t } = useTranslation();
  const { files, refused, limits } = attaching;
  return (
    <>
      {files.length > 0 && (
        <ul className={classes.list} aria-label={t('attach.list')}>
          {files.map((file) => (
            <Chip
              key={file.key}
              file={file}
              onRemoved={() => {
                attaching.clear();
                onRemoved();
              }}
            />
          ))}
        </ul>
      )}
      {limits && refused.length > 0 && <RefusedFiles refused={refused} limits={limits} />}
    </>
  );
}
