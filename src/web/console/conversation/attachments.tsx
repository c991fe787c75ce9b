import { File, FileAudio, FileImage, FileVideo } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import type { Message } from '../api/shapes.ts';
import classes from './attachments.module.css';

type Attachment = Message['attachments'][number];

const iconFor = (type: string) => {
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

function OneFile({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation();
  const size = useFileSize();
  const { id, name, type, bytes } = attachment;
  const address = `/api/v1/attachments/${encodeURIComponent(id)}`;
  const Icon = iconFor(type);
  return (
    <a className={classes.file} href={address} download={name} aria-label={t('files.download', { name })}>
      {shownTypes.includes(type) && <img src={address} alt="" loading="lazy" className={classes.picture} />}
      <span className={classes.line}>
        <Icon size={16} aria-hidden />
        <bdi className={classes.name}>{name}</bdi>
        <span className={classes.size}>{size(bytes)}</span>
      </span>
    </a>
  );
}

/** The files of a message, for those who may read them. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const may = useMay();
  if (attachments.length === 0 || !may('files.read')) return null;
  return (
    <div className={classes.files}>
      {attachments.map((attachment) => (
        <OneFile key={attachment.id} attachment={attachment} />
      ))}
    </div>
  );
}
