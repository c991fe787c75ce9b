import {
  type Known,
  type LeftMail,
  type OpenedFolder,
  type Progress,
  readLeft,
  readProgress,
  resume,
} from './progress.ts';
import type { FolderNotes } from './settle.ts';

/** Durable notes of the channel: one value per key. */
export interface Notes {
  recall(key: string): Promise<string | null>;
  remember(key: string, value: string): Promise<void>;
}

const keysOf = (folder: string) => ({ progress: `mailbox:${folder}`, left: `mailbox:${folder}:left` });

/** Reads what is known of a folder and goes on from there; where that changed something it is noted at once. */
export async function openNotes(
  notes: Notes,
  folder: { name: string; opened: OpenedFolder },
  from: { now: number; firstDays: number },
): Promise<FolderNotes> {
  const keys = keysOf(folder.name);
  const { opened } = folder;
  const left = readLeft(await notes.recall(keys.left));
  const known: Known = { progress: readProgress(await notes.recall(keys.progress)), left: left?.mails ?? [] };
  let progress = resume(known, opened, from.now, from.firstDays);
  // What was left behind has another UID after a renumbering and is read again with everything else.
  let mails = progress === known.progress && left?.uidValidity === opened.uidValidity ? left.mails : [];
  const save = async (next: Progress): Promise<void> => {
    await notes.remember(keys.progress, JSON.stringify(next));
    progress = next;
  };
  if (progress !== known.progress) await save(progress);
  return {
    progress: () => progress,
    save,
    left: () => mails,
    async saveLeft(next) {
      const each = new Map(next.map((mail): [number, LeftMail] => [mail.uid, mail]));
      await notes.remember(keys.left, JSON.stringify({ uidValidity: opened.uidValidity, mails: [...each.values()] }));
      mails = [...each.values()];
    },
  };
}
