import { type Bus, silence } from './bus.ts';
import { everyLease, type Leases } from './leases.ts';
import { alone, type Members } from './members.ts';

/** What a process knows of the others that share its store. */
export interface Cluster {
  readonly members: Members;
  readonly leases: Leases;
  readonly bus: Bus;
  /** Leaves: its leases are given back, and the others know at once that it is gone. Nothing else of it may run any more. */
  stop(): Promise<void>;
}

/** The cluster of a process that has its store for itself. */
export const solo = (owner: string): Cluster => ({
  members: alone(owner),
  leases: everyLease(owner),
  bus: silence,
  stop: async () => undefined,
});
