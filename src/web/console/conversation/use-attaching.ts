import { useState } from 'react';
import { useMay } from '../api/session.ts';
import type { Conversation, Inbox } from '../api/shapes.ts';
import { admitFiles, type FileLimits, limitsOf, type Refused, takesType } from './admit-files.ts';
import { useDesk, useTrayFiles } from './desk.tsx';
import type { TrayFile } from './tray.ts';

/** The files of the answer that is being written. */
export interface Attaching {
  /** Null where nothing can be attached. */
  limits: FileLimits | null;
  files: readonly TrayFile[];
  /** What was given last and does not fit. */
  refused: readonly Refused[];
  add(files: readonly File[]): void;
  /** Forgets what was refused. */
  clear(): void;
}

/** What is attached in a conversation, as far as its channel takes files and the agent may send them. */
export function useAttaching({ id }: Conversation, capabilities: Inbox['capabilities'] | undefined): Attaching {
  const { tray } = useDesk();
  const may = useMay();
  const files = useTrayFiles(id);
  const [last, setLast] = useState<{ id: string; refused: readonly Refused[] }>({ id, refused: [] });
  const limits = may('files.add') ? limitsOf(capabilities) : null;
  return {
    limits,
    files,
    refused: last.id === id ? last.refused : [],
    add(given) {
      if (!limits || given.length === 0) return;
      const { taken, refused } = admitFiles(given, files, limits);
      setLast({ id, refused });
      if (taken.length > 0) tray.add(id, taken, (type) => takesType(limits.types, type));
    },
    clear: () => setLast({ id, refused: [] }),
  };
}
