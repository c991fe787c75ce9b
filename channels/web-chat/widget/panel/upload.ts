import { type Attachment, readAttachment, readReply } from '../protocol.ts';

export type FileFault = 'too-large' | 'wrong-type' | 'empty';

const matches = (accepted: string, file: { name: string; type: string }): boolean => {
  if (accepted.startsWith('.')) return file.name.toLowerCase().endsWith(accepted.toLowerCase());
  if (accepted.endsWith('/*')) return file.type.startsWith(accepted.slice(0, -1));
  return file.type === accepted;
};

/**
 * Why a file cannot be sent, or nothing. `accept` holds media types (`image/*` too) and extensions (`.pdf`); a file whose
 * type the browser does not know is left to the server, which looks into it.
 */
export function faultOf(
  file: { name: string; type: string; size: number },
  limits: { maxBytes: number; accept: readonly string[] },
): FileFault | undefined {
  if (file.size === 0) return 'empty';
  if (limits.maxBytes > 0 && file.size > limits.maxBytes) return 'too-large';
  if (limits.accept.length === 0 || limits.accept.some((accepted) => matches(accepted, file))) return undefined;
  return file.type === '' && !limits.accept.some((accepted) => accepted.startsWith('.')) ? undefined : 'wrong-type';
}

/** The server refused a file; the message is for the visitor and may be empty. */
export class UploadError extends Error {}

export interface Upload {
  origin: string;
  token: string;
  file: File;
  /** 0 to 1. */
  progress(share: number): void;
}

const bodyOf = (request: XMLHttpRequest): unknown => {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
};

function settle(request: XMLHttpRequest): Attachment {
  const body = bodyOf(request);
  const attachment = request.status < 300 ? readAttachment(body) : undefined;
  if (attachment) return attachment;
  const reply = readReply(body);
  throw new UploadError('error' in reply ? reply.error.message : '');
}

/** Sends one file. XMLHttpRequest, since fetch tells nothing of the way up. Gives `cancel` beside the promise. */
export function upload({ origin, token, file, progress }: Upload): { result: Promise<Attachment>; cancel(): void } {
  const request = new XMLHttpRequest();
  const result = new Promise<Attachment>((resolve, reject) => {
    const fail = (): void => reject(new UploadError(''));
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      try {
        resolve(settle(request));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = fail;
    request.onabort = fail;
  });
  const form = new FormData();
  form.append('file', file, file.name);
  request.open('POST', `${origin}/web-chat/files`);
  request.setRequestHeader('authorization', `Bearer ${token}`);
  request.send(form);
  return { result, cancel: () => request.abort() };
}
