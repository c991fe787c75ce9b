import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useRef, useState, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../api/client.ts';
import { conversationKey } from '../api/conversations.ts';
import { uploadFile } from '../api/files.ts';
import { keepMessage, sendAnswer } from '../api/messages.ts';
import { useSession } from '../api/session.ts';
import type { Message } from '../api/shapes.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createOutbox, type FailureReason, type Outbox, type Outgoing } from './outbox.ts';
import { refusalIn } from './refusal.ts';
import { createTray, type Tray, type TrayFile } from './tray.ts';

function reasonOf(error: unknown): FailureReason {
  const refusal = refusalIn(error);
  if (refusal === 'window-closed' || refusal === 'opted-out') return refusal;
  if (!(error instanceof ApiError)) return 'failed';
  return error.code === 'invalid' && error.message.startsWith('attachmentIds:') ? 'files-gone' : error.code;
}

interface Desk {
  drafts: Drafts;
  outbox: Outbox;
  tray: Tray;
}

const DeskContext = createContext<Desk | null>(null);

/** Leads from the conversation that is open to the one in which an answer came to stand. */
function useLeading(): { current: (from: string, to: string) => void } {
  const navigate = useNavigate();
  const leading = useRef((_from: string, _to: string): void => undefined);
  leading.current = (from, to) => {
    const { pathname, search } = window.location;
    if (pathname.endsWith(`/conversations/${from}`)) void navigate(`/conversations/${to}${search}`);
  };
  return leading;
}

/** What lies on an agent's desk: texts begun, files put in and answers on their way. Outlives the pages. */
export function DeskProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { id: agentId } = useSession().agent;
  const leading = useLeading();
  const delivered = (from: string, message: Message): void => {
    const { conversationId } = message;
    keepMessage(client, conversationId, message);
    if (conversationId === from) return;
    void client.invalidateQueries({ queryKey: conversationKey(from) });
    leading.current(from, conversationId);
  };
  const [desk] = useState<Desk>(() => ({
    drafts: createDrafts(sessionStorage, agentId),
    outbox: createOutbox({
      shelf: sessionStorage,
      agentId,
      newKey: () => crypto.randomUUID(),
      now: Date.now,
      deliver: (one) => sendAnswer(one.conversationId, one, one.key),
      delivered: ({ conversationId }, message) => delivered(conversationId, message),
      codeOf: reasonOf,
      saidOf: (error) => (error instanceof ApiError ? error.message : undefined),
    }),
    tray: createTray({
      shelf: sessionStorage,
      agentId,
      newKey: () => crypto.randomUUID(),
      now: Date.now,
      upload: uploadFile,
      codeOf: (error) => (error instanceof ApiError ? error.code : 'failed'),
    }),
  }));
  return <DeskContext.Provider value={desk}>{children}</DeskContext.Provider>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk stands inside DeskProvider');
  return desk;
}

export function useOutgoing(conversationId: string): readonly Outgoing[] {
  const { outbox } = useDesk();
  return useSyncExternalStore(outbox.subscribe, () => outbox.of(conversationId));
}

/** The files that are put in for the next answer of a conversation. */
export function useTrayFiles(conversationId: string): readonly TrayFile[] {
  const { tray } = useDesk();
  return useSyncExternalStore(tray.subscribe, () => tray.of(conversationId));
}

/** What is begun in a conversation, and the way to write it. */
export function useDraft(conversationId: string): [string, (text: string) => void] {
  const { drafts } = useDesk();
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.read(conversationId));
  return [text, (written) => drafts.write(conversationId, written)];
}
