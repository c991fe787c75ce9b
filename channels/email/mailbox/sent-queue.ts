import type { SentMail } from './append-sent.ts';

/** Sent mails that wait to be filed, and whoever waits until they are fewer. */
export interface SentQueue {
  size(): number;
  /** False where too many wait already. */
  add(raw: Uint8Array): boolean;
  next(): SentMail | undefined;
  putBack(mail: SentMail): void;
  /** Resolves once there is room for another mail; at once where nothing moves and waiting would help nothing. */
  room(): Promise<void>;
  /** Lets those go on who need not wait any more. */
  letGo(): void;
}

const most = 1000;
/** While more wait, whoever sends waits too: what is sent is to be filed. */
const comfortable = 200;

/** `isMoving` tells whether mails are being filed at this moment. */
export function createSentQueue(isMoving: () => boolean): SentQueue {
  const mails: SentMail[] = [];
  const forRoom: (() => void)[] = [];
  const hasRoom = (): boolean => mails.length < comfortable || !isMoving();
  return {
    size: () => mails.length,
    add: (raw) => mails.length < most && mails.push({ raw, tries: 0 }) > 0,
    next: () => mails.shift(),
    putBack: (mail) => void mails.unshift(mail),
    room: () => (hasRoom() ? Promise.resolve() : new Promise((resolve) => forRoom.push(resolve))),
    letGo() {
      if (hasRoom()) for (const go of forRoom.splice(0)) go();
    },
  };
}
