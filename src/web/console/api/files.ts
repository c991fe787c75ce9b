import { ApiError, base, bodyOf, changeHeaders } from './client.ts';

/** A file that the server has for a message to carry. */
export interface KeptFile {
  id: string;
  name: string;
  type: string;
  bytes: number;
  /** When the server lets go of it, unless a message carries it. */
  expiresAt: string | null;
}

export interface FileUp {
  file: File;
  /** Told of the share that has gone up, 0 to 1. */
  onShare(share: number): void;
  signal: AbortSignal;
}

/** A file may take its time on a slow line; a line that is dead ends earlier. */
const patienceMs = 10 * 60_000;

function answerIn(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return undefined;
  }
}

/** Adds a file that a message may carry within a day. Rejects with `ApiError`. By XMLHttpRequest: `fetch` tells nothing of the way up. */
export function uploadFile({ file, onShare, signal }: FileUp): Promise<KeptFile> {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new ApiError('offline', 'no answer'));
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && onShare(loaded / total);
    request.onload = () => {
      try {
        resolve(bodyOf<KeptFile>(request.status, answerIn(request)));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = fail;
    request.ontimeout = fail;
    request.onabort = fail;
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', `${base}/attachments`);
    request.timeout = patienceMs;
    for (const [name, value] of Object.entries(changeHeaders())) request.setRequestHeader(name, value);
    request.send(form);
  });
}
