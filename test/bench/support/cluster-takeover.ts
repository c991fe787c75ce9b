import { mongo } from 'mongoose';
import { type House, loneInbox, type Place } from './cluster-house.ts';

/** How long it took after kills until others went on, in ms. */
export interface Takeovers {
  /** Until another process had the lease of the lone inbox. */
  lease: number[];
  /** Until the last sending that a dead process had in hand went out, for each kill at which it had one. */
  sendings: number[];
  /** The same while the database was away too: that time is not the program's. */
  whileAway: number[];
}

interface Stored {
  _id: string;
  owner?: string | null;
  epoch?: number;
  open?: boolean;
  claimedBy?: string | null;
}

interface Kill {
  at: number;
  /** The lease as it was, where the killed process had it. */
  epoch: number | null;
  /** Open sendings by who had claimed them. */
  claimed: Map<string, string[]>;
  /** Members as they were. */
  members: Set<string>;
}

const lookEveryMs = 200;
const patienceMs = 90_000;

/** Looks into the database that `url` names besides the processes, over a connection of its own. */
export async function watchTakeovers(url: string, house: House) {
  const client = await mongo.MongoClient.connect(url, { serverSelectionTimeoutMS: 2_000 });
  const at = client.db();
  const [leases, members, deliveries] = ['leases', 'members', 'deliveries'].map((name) => at.collection<Stored>(name));
  const found: Takeovers = { lease: [], sendings: [], whileAway: [] };
  const kills = new Set<Kill>();
  const wasAway = (from: number): boolean =>
    house.troubles.some(({ process, from: began, to }) => process === null && to > from && began < performance.now());
  const tell = (list: 'lease' | 'sendings', kill: Kill): void => {
    found[wasAway(kill.at) ? 'whileAway' : list].push(performance.now() - kill.at);
  };
  const leaseOf = () => leases?.findOne({ _id: `inbox:${loneInbox}` });
  const namesOf = async (): Promise<Set<string>> =>
    new Set((await members?.find({}, { projection: { _id: 1 } }).toArray())?.map(({ _id }) => _id));

  async function killed(places: readonly Place[], when: number): Promise<void> {
    const had = house.listenings.some(
      ({ process, from, to }) => places.some(({ index }) => index === process) && from < when && to > when - 50,
    );
    const lease = had ? await leaseOf() : null;
    const claims = (await deliveries?.find({ open: true, claimedBy: { $ne: null } }).toArray()) ?? [];
    const claimed = new Map<string, string[]>();
    for (const { _id, claimedBy } of claims) {
      if (claimedBy) claimed.set(claimedBy, [...(claimed.get(claimedBy) ?? []), _id]);
    }
    kills.add({ at: when, epoch: lease?.epoch ?? null, claimed, members: await namesOf() });
  }

  async function lookAtLease(kill: Kill): Promise<void> {
    const lease = kill.epoch === null ? null : await leaseOf();
    if (!lease?.owner || lease.epoch === kill.epoch) return;
    kill.epoch = null;
    tell('lease', kill);
  }

  /** What those had claimed who have gone since; what a living process has in hand goes out by itself. */
  async function lookAtSendings(kill: Kill): Promise<void> {
    const living = await namesOf();
    const gone = [...kill.claimed].filter(([owner]) => kill.members.has(owner) && !living.has(owner));
    for (const [owner, ids] of gone) {
      if ((await deliveries?.countDocuments({ _id: { $in: ids }, open: true })) !== 0) continue;
      kill.claimed.delete(owner);
      tell('sendings', kill);
    }
  }

  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    for (const kill of kills) {
      await lookAtLease(kill);
      await lookAtSendings(kill);
      if (performance.now() - kill.at > patienceMs) kills.delete(kill);
    }
  };
  const again = (): void => {
    if (stopped) return;
    timer = setTimeout(
      () =>
        look()
          .catch(() => undefined)
          .finally(again),
      lookEveryMs,
    );
  };
  again();
  return {
    found,
    killed: (places: readonly Place[], when: number): void => void killed(places, when).catch(() => undefined),
    async stop() {
      clearTimeout(timer);
      stopped = true;
      await client.close();
    },
  };
}
