import type { Attachment, ChatConfig } from '../protocol.ts';
import { createState, type State } from './state.ts';
import { type FileFault, faultOf, UploadError, upload } from './upload.ts';

/** How many files go with one message. */
export const mostFiles = 5;

/** A file chosen for the next message. */
export interface TrayFile {
  key: string;
  file: File;
  state: 'uploading' | 'ready' | 'failed';
  /** 0 to 1. */
  share: number;
  attachment?: Attachment;
  /** The server's words on why it failed; may be empty. */
  reason?: string;
}

export interface TrayState {
  files: readonly TrayFile[];
  /** The last file that was turned away here, and why. */
  refused?: { name: string; fault: FileFault | 'too-many' };
}

export interface FileTrayDeps {
  origin: string;
  token(): string;
  limits(): ChatConfig['files'];
  newId(): string;
}

/** The files that wait beside the text field. */
export interface FileTray {
  state: State<TrayState>;
  add(files: readonly File[]): void;
  retry(key: string): void;
  remove(key: string): void;
  /** Takes the files out, for sending. */
  take(): Attachment[];
  /** An address within this page for a picture that was sent from here. */
  preview(attachmentId: string): string | undefined;
}

function createUploads(deps: FileTrayDeps, state: State<TrayState>, previews: Map<string, string>) {
  const cancels = new Map<string, () => void>();
  const change = (key: string, fields: Partial<TrayFile>): void =>
    state.set({ files: state.get().files.map((one) => (one.key === key ? { ...one, ...fields } : one)) });
  const keepPreview = (attachment: Attachment, file: File): void => {
    if (file.type.startsWith('image/')) previews.set(attachment.id, URL.createObjectURL(file));
  };
  async function start({ key, file }: TrayFile): Promise<void> {
    change(key, { state: 'uploading', share: 0 });
    const { result, cancel } = upload({
      origin: deps.origin,
      token: deps.token(),
      file,
      progress: (share) => change(key, { share }),
    });
    cancels.set(key, cancel);
    try {
      const attachment = await result;
      keepPreview(attachment, file);
      change(key, { state: 'ready', share: 1, attachment });
    } catch (error) {
      change(key, { state: 'failed', reason: error instanceof UploadError ? error.message : '' });
    }
  }
  return { start, cancel: (key: string) => cancels.get(key)?.() };
}

export function createFileTray(deps: FileTrayDeps): FileTray {
  const state = createState<TrayState>({ files: [] });
  const previews = new Map<string, string>();
  const uploads = createUploads(deps, state, previews);

  const addOne = (file: File): void => {
    const { files } = state.get();
    const fault = files.length >= mostFiles ? 'too-many' : faultOf(file, deps.limits());
    if (fault) {
      state.set({ refused: { name: file.name, fault } });
      return;
    }
    const added: TrayFile = { key: deps.newId(), file, state: 'uploading', share: 0 };
    state.set({ files: [...files, added] });
    void uploads.start(added);
  };

  return {
    state,
    add(files) {
      state.set({ refused: undefined });
      files.forEach(addOne);
    },
    retry(key) {
      const found = state.get().files.find((one) => one.key === key);
      if (found) void uploads.start(found);
    },
    remove(key) {
      uploads.cancel(key);
      state.set({ files: state.get().files.filter((one) => one.key !== key), refused: undefined });
    },
    take() {
      const ready = state.get().files.flatMap((one) => one.attachment ?? []);
      state.set({ files: [], refused: undefined });
      return ready;
    },
    preview: (attachmentId) => previews.get(attachmentId),
  };
}
