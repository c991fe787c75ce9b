/** A stored document of any earlier version: no schema of today fits it yet. */
export type OldDocument = Readonly<Record<string, unknown>>;

/**
 * One step of the stored data's form. Applied in order of version, each in a transaction of its own, to a directory
 * of an earlier version. A collection that is named gets its list indexes and search terms made anew as well, so a
 * step that gives every document back unchanged rebuilds them after a change of what its `terms` gives.
 */
export interface Migration {
  /** The version of the data after it; the first data ever written have version 1. */
  version: number;
  /** What it does, for the log. */
  name: string;
  /** For each collection it touches, the new form of a document, or null to remove it. */
  change: Readonly<Record<string, (document: OldDocument) => OldDocument | null>>;
}

const isEnded = ({ status }: OldDocument): boolean => ['resolved', 'closed', 'rejected'].includes(String(status));

/** Every migration there has ever been, oldest first. Never change or remove one that was released. */
export const migrations: readonly Migration[] = [
  {
    version: 2,
    name: 'messages and conversations can be letters',
    change: {
      messages: (message) => ({
        ...message,
        digest: null,
        letter: null,
        automatedWhy: null,
        settled: false,
        fingerprint: null,
        claims: null,
        hasSource: false,
      }),
      conversations: (conversation) => ({
        ...conversation,
        subject: null,
        topic: null,
        dialogue: { ...(conversation.dialogue as object), details: [] },
      }),
    },
  },
  {
    version: 3,
    name: 'messages speak of others, files are fetched, addresses are joined',
    change: {
      messages: (message) => ({
        ...message,
        refersTo: null,
        forwarded: false,
        detail: null,
        location: null,
        cards: [],
        fields: [],
        editedAt: null,
        deletedAt: null,
        approved: null,
      }),
      attachments: (file) => ({ ...file, reference: null, state: 'here', reason: null, attempts: 0, dueAt: null }),
      addresses: (address) => ({ ...address, key: null, owner: null, optedOutAt: null }),
      contacts: (contact) => ({ ...contact, joinedTo: null }),
      conversations: (conversation) => ({ ...conversation, replyUntil: null, lastKind: 'text' }),
    },
  },
  {
    version: 4,
    name: 'tickets go the way of casework',
    change: {
      tickets: (ticket) => ({
        ...ticket,
        urgent: false,
        action: null,
        rootCause: null,
        fields: {},
        visibleTo: [],
        hiddenFrom: [],
        notBy: [],
        handlers: ticket.assigneeId ? [ticket.assigneeId] : [],
        hadBy: [],
        behalf: null,
        origin: null,
        routedAt: null,
        resolvedAt: isEnded(ticket) ? ticket.statusAt : null,
        closedAt: ticket.status === 'closed' || ticket.status === 'rejected' ? ticket.statusAt : null,
        resumesAs: null,
        pauses: [],
        asked: null,
        answer: null,
        draft: null,
        reply: null,
        creditedTo: ticket.status === 'closed' ? ticket.departmentId : null,
        counts: { transfers: 0, sentBack: 0, reopened: 0, unsatisfied: 0, nudges: 0, calls: 0 },
        escalation: null,
        objectionTo: null,
        objections: [],
        mergedInto: null,
        absorbed: [],
        incidentId: null,
        stock: null,
        stockOf: null,
        referralId: null,
        dueAt: { ...(ticket.dueAt as object), routing: null },
        warned: [],
        breached: [],
        burnsAt: null,
        nextAt: null,
        actedVersion: 1,
      }),
    },
  },
];

/** The version of the data that this program writes. */
export const dataVersionOf = (list: readonly Migration[]): number => list.at(-1)?.version ?? 1;
