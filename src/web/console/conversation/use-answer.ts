import { type RefObject, useState } from 'react';
import type { Visibility } from '../api/messages.ts';
import type { Conversation, Inbox, Message } from '../api/shapes.ts';
import { takesType } from './admit-files.ts';
import type { Audience } from './audience.ts';
import { useDesk, useDraft } from './desk.tsx';
import { type Fit, fitOf } from './fit.ts';
import { type PersonalData, personalDataIn } from './personal-data.ts';
import { type Attaching, useAttaching } from './use-attaching.ts';
import { useTellTyping } from './use-tell-typing.ts';

/** What is being written and attached, how it fits, and sending it off. */
export interface Answer {
  text: string;
  write(text: string): void;
  /** Nobody is told of writing in public. */
  tellTyping(on: boolean): void;
  attaching: Attaching;
  fit: Fit;
  /** Files that were put in for the other readers and are not taken here. */
  areFilesRefused: boolean;
  canSend: boolean;
  /** Sends it; or first asks, where everybody would read personal data. */
  send(): void;
  /** What looks personal in what is about to be posted; null where nothing is asked. */
  asked: readonly PersonalData[] | null;
  /** Sends what was asked about, to everybody after all or to the person alone. */
  confirm(visibility: Visibility): void;
  /** Goes back to writing. */
  withdraw(): void;
}

interface Given {
  conversation: Conversation;
  box: RefObject<HTMLTextAreaElement | null>;
  audience: Audience;
  capabilities: Inbox['capabilities'];
  /** The post that a public reply answers. */
  target: Message | null;
}

function areTaken({ limits, files }: Attaching): boolean {
  if (files.length === 0) return true;
  return limits !== null && files.length <= limits.maxCount && files.every(({ type }) => takesType(limits.types, type));
}

/** The answer that an agent writes in a conversation, to these readers. */
export function useAnswer({ conversation, box, audience, capabilities, target }: Given): Answer {
  const { outbox, tray } = useDesk();
  const [text, write] = useDraft(conversation.id);
  const tell = useTellTyping(conversation.id);
  const attaching = useAttaching(conversation, capabilities);
  const [asked, setAsked] = useState<readonly PersonalData[] | null>(null);
  const isPublic = audience.visibility === 'public';
  const tellTyping = (on: boolean): void => {
    if (conversation.visibility === 'private') tell(on);
  };
  const fit = fitOf(text, capabilities);
  const { files } = attaching;
  const areFilesRefused = !areTaken(attaching);
  const isReady = files.every(({ state }) => state === 'here') && !areFilesRefused && fit.fits;
  const canSend = (text.trim() !== '' || files.length > 0) && isReady;
  const sendTo = (visibility: Visibility): void => {
    const replyTo = visibility === 'public' && target ? { replyTo: target.id } : {};
    const readers = audience.choose ? { visibility, ...replyTo } : {};
    outbox.send(conversation.id, text.trim(), tray.take(conversation.id), readers);
    write('');
    attaching.clear();
    setAsked(null);
    tellTyping(false);
    box.current?.focus();
  };
  const send = (): void => {
    if (!canSend) return;
    const kinds = isPublic ? personalDataIn(text) : [];
    if (kinds.length > 0) setAsked(kinds);
    else sendTo(audience.visibility);
  };
  const withdraw = (): void => {
    setAsked(null);
    box.current?.focus();
  };
  return {
    text,
    write(written) {
      setAsked(null);
      write(written);
    },
    tellTyping,
    attaching,
    fit,
    areFilesRefused,
    canSend: canSend && asked === null,
    send,
    asked: isPublic ? asked : null,
    confirm: sendTo,
    withdraw,
  };
}
