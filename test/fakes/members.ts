import type { Members } from '../../src/cluster/members.ts';

/** A process among others, whose life the test steers. */
export interface FakeMember extends Members {
  /** It stands still: it cannot be sure of itself. */
  pause(): void;
  /** The others take it for dead: it died, or stood still for too long. */
  bury(): void;
  /** It goes on; under a new name where it was taken for dead. */
  wake(): void;
}

/** The processes of a store. */
export function createFakeMembers() {
  const living = new Set<string>();
  const listeners = new Map<FakeMember, Set<(owner: string) => void>>();
  const share = (key: string): string | undefined => {
    const sum = [...key].reduce((all, sign) => all + (sign.codePointAt(0) ?? 0), 0);
    return [...living].toSorted()[sum % living.size];
  };
  const join = (first: string): FakeMember => {
    let name = first;
    let awake: Promise<void> = Promise.resolve();
    let wakeUp = (): void => undefined;
    living.add(name);
    const member: FakeMember = {
      owner: () => name,
      isGone: async (owner) => !living.has(owner) && owner !== name,
      sure: () => awake,
      count: () => Math.max(1, living.size),
      isMine: (key) => share(key) === name,
      onGone(listener) {
        listeners.get(member)?.add(listener);
        return () => void listeners.get(member)?.delete(listener);
      },
      pause() {
        awake = new Promise((resolve) => {
          wakeUp = resolve;
        });
      },
      bury() {
        living.delete(name);
        for (const [other, heard] of listeners) if (other !== member) for (const tell of heard) tell(name);
      },
      wake() {
        if (!living.has(name)) name = `${name} again`;
        living.add(name);
        awake = Promise.resolve();
        wakeUp();
      },
    };
    listeners.set(member, new Set());
    return member;
  };
  return { join };
}
