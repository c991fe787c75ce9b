import { useState } from 'preact/hooks';
import type { Attachment } from '../protocol.ts';
import { useChat, usePanel, useWords } from './context.ts';
import { Icon } from './icons.tsx';
import { sizeOf } from './words.ts';

const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

/** The address where it is the chat server's own; nothing else is loaded or offered. */
function ownAddress(url: string | undefined, origin: string): string | undefined {
  if (!url) return undefined;
  try {
    const address = new URL(url, origin);
    return address.origin === origin ? address.href : undefined;
  } catch {
    return undefined;
  }
}

/** A file of a message: a picture where it can be shown, else its name and size, to be opened in a new tab. */
export function AttachmentView({ attachment }: { attachment: Attachment }) {
  const { origin, tray } = usePanel();
  const { config } = useChat();
  const say = useWords();
  const [isBroken, setBroken] = useState(false);
  const address = ownAddress(attachment.url, origin);
  const picture =
    pictures.includes(attachment.type) && !isBroken ? (tray.preview(attachment.id) ?? address) : undefined;
  const content = picture ? (
    <img
      src={picture}
      alt={say('pictureNamed', { name: attachment.name })}
      loading="lazy"
      onError={() => setBroken(true)}
    />
  ) : (
    <>
      <Icon name="file" />
      <span class="file-words">
        <bdi class="file-name">{attachment.name}</bdi>
        <span class="file-size">{sizeOf(attachment.bytes, config.language)}</span>
      </span>
    </>
  );
  const className = picture ? 'picture' : 'file';
  if (!address) return <div class={className}>{content}</div>;
  return (
    <a class={className} href={address} target="_blank" rel="noopener noreferrer">
      {content}
    </a>
  );
}
