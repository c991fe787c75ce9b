import { io, type Socket } from 'socket.io-client';
import type { PageSays, PhoneSays } from '../wire.ts';

export type Link = Socket<PhoneSays, PageSays>;

/** The wire to the phone. A socket, since Chromium lets no page of the web fetch from the loopback address without leave. */
export const openLink = (url: string): Link => io(url, { transports: ['websocket'] });

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open('fake-whatsapp', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('link');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  const transaction = database.transaction('link', mode, { durability: 'strict' });
  const request = act(transaction.objectStore('link'));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
  return request.result;
}

/** What makes this browser's profile the linked one; it lives in the profile, as WhatsApp's own keys do. */
export const session = {
  read: async (): Promise<string | null> =>
    (await inStore<string | undefined>('readonly', (store) => store.get('session'))) ?? null,
  write: (value: string): Promise<unknown> => inStore('readwrite', (store) => store.put(value, 'session')),
  forget: (): Promise<unknown> => inStore('readwrite', (store) => store.delete('session')),
};
