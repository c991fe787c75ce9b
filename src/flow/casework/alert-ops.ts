import { type Alert, alerts } from '../../alert/alert.ts';
import type { AlertDraft } from '../../casework/scene.ts';
import { keyed } from '../../ids.ts';
import type { Op } from '../../store/port.ts';

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
      readAt: null,
    };
    return { op: 'insert', in: alerts, document, onDuplicate: 'keep' };
  });
}
