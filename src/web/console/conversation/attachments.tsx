import { Loader } from '@mantine/core';
import { File, FileAudio, FileImage, FileVideo, FileX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import type { Message } from '../api/shapes.ts';
import { readSaid, useSaid } from '../said.ts';
import classes from './attachments.module.css';

type Attachment = Message['attachments'][number];

/** The picture that stands for files of a type. */
export const iconFor = (type: string) => {
  if (type.startsWith('image/')) return FileImage;
  if (type.startsWith('audio/')) return FileAudio;
  return type.startsWith('video/') ? FileVideo : File;
};

/** Pictures that a browser shows; others are only offered for download. */
const shownTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

export function useFileSize(): (bytes: number) => string {
  const { t, i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language === 'en' ? 'en' : 'ar-u-nu-latn', { maximumFractionDigits: 1 });
  return (bytes) => {
    if (bytes < 1024) return t('files.bytes', { n: bytes });
    if (bytes < 1024 * 1024) return t('files.kb', { n: format.format(bytes / 1024) });
    return t('files.mb', { n: format.format(bytes / 1024 / 1024) });
  };
}

const addressOf = (id: string): string => `/api/v1/attachments/${encodeURIComponent(id)}`;

/** Sound and film are played where they stand; fetched only when somebody presses play. */
function Player({ attachment: { id, type }, label }: { attachment: Attachment; label: string }) {
  const shared = { controls: true, preload: 'none', src: addressOf(id), 'aria-label': label } as const;
  if (type.startsWith('audio/')) return <audio {...shared} className={classes.sound} />;
  return type.startsWith('video/') ? <video {...shared} className={classes.film} /> : null;
}

/** A file that is not here: it is being fetched, or never comes. */
function Absent({ attachment, label }: { attachment: Attachment; label: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { state, reason } = attachment;
  const isComing = state === 'waiting';
  return (
    <span className={classes.file} data-state={state}>
      <span className={classes.line}>
        {isComing ? <Loader size={14} aria-hidden /> : <FileX size={16} aria-hidden />}
        <bdi className={classes.name}>{label}</bdi>
        {isComing && <span className={classes.size}>{t('files.waiting')}</span>}
      </span>
      {!isComing && (
        <span className={classes.why} title={reason ?? undefined}>
          {reason && readSaid(reason) ? said(reason) : t('files.missing')}
        </span>
      )}
    </span>
  );
}

function OneFile({ attachment, label, isSticker }: { attachment: Attachment; label: string; isSticker: boolean }) {
  const { t } = useTranslation();
  const size = useFileSize();
  const { id, name, type, bytes } = attachment;
  const address = addressOf(id);
  const Icon = iconFor(type);
  const picture = shownTypes.includes(type) && (
    <img src={address} alt={isSticker ? t('kinds.sticker') : ''} loading="lazy" className={classes.picture} />
  );
  if (isSticker && picture) return <span className={classes.sticker}>{picture}</span>;
  return (
    <span className={classes.whole}>
      <Player attachment={attachment} label={label} />
      <a
        className={classes.file}
        href={address}
        download={name || ''}
        aria-label={t('files.download', { name: label })}
      >
        {picture}
        <span className={classes.line}>
          <Icon size={16} aria-hidden />
          <bdi className={classes.name}>{label}</bdi>
          {bytes > 0 && <span className={classes.size}>{size(bytes)}</span>}
        </span>
      </a>
    </span>
  );
}

/** A name that somebody gave; the server calls what came without one `file` with an ending. */
const isNamed = ({ name }: Attachment): boolean => name !== '' && !/^file\.\w+$/.test(name);

/** The files of a message, for those who may read them. */
export function Attachments({ message: { attachments, kind } }: { message: Pick<Message, 'attachments' | 'kind'> }) {
  const { t } = useTranslation();
  const may = useMay();
  if (attachments.length === 0 || !may('files.read')) return null;
  return (
    <div className={classes.files}>
      {attachments.map((attachment) => {
        const label = isNamed(attachment) ? attachment.name : t(kind === 'text' ? 'kinds.file' : `kinds.${kind}`);
        const isHere = (attachment.state ?? 'here') === 'here';
        return isHere ? (
          <OneFile key={attachment.id} attachment={attachment} label={label} isSticker={kind === 'sticker'} />
        ) : (
          <Absent key={attachment.id} attachment={attachment} label={label} />
        );
      })}
    </div>
  );
}
