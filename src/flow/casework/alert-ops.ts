import { agents } from '../../agent/agent.ts';
import { type Alert, type AlertKind, alerts } from '../../alert/alert.ts';
import { maySee, type Standing } from '../../casework/may-see.ts';
import type { AlertDraft } from '../../casework/scene.ts';
import { keyed } from '../../ids.ts';
import type { Op, Store } from '../../store/port.ts';

/** What goes to phones besides (WF-16). */
const toPhones: ReadonlySet<AlertKind> = new Set(['platform-ticket']);

/** Without those who may not know of the ticket as it is now (EX-01), and those who are nobody. */
export async function knowing(
  store: Store,
  drafts: readonly AlertDraft[],
  ticket: Standing,
): Promise<readonly AlertDraft[]> {
  if (drafts.length === 0) return drafts;
  const ids = [...new Set(drafts.map(({ agentId }) => agentId))];
  const may = new Set((await store.getMany(agents, ids)).filter((one) => maySee(one, ticket)).map(({ id }) => id));
  return drafts.filter(({ agentId }) => may.has(agentId));
}

/** The alerts of one cause, once for each agent and kind. Their letters are due at once; who sends them waits for working hours. */
export function alertOps(
  drafts: readonly AlertDraft[],
  { ticketNumber, cause, at }: { ticketNumber: string | null; cause: string; at: string },
): Op[] {
  return drafts.map(({ kind, agentId, values = {} }) => {
    const document: Alert = {
      id: keyed('alert', cause, kind, agentId),
      version: 1,
      kind,
      agentId,
      ticketNumber,
      values,
      file: null,
      at,
      mail: 'waiting',
      dueAt: at,
      tries: 0,
      ...(toPhones.has(kind) ? { phone: 'waiting', phoneDueAt: at, phoneTries: 0 } : {}),
      readAt: null,
      unreadAt: at,
    };
    return { op: 'insert', in: alerts, document, onDuplicate: 'keep' };
  });
}
