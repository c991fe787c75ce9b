import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/alert/alert.ts';
import type { AlertDraft } from '../../../src/casework/scene.ts';
import { alertOps, knowing } from '../../../src/flow/casework/alert-ops.ts';
import type { Store } from '../../../src/store/port.ts';
import { aMember, aTicket } from '../casework/builders.ts';

const at = '2026-11-25T08:00:00.000Z';
const about = { ticketNumber: '26000010', cause: 'cause', at };
const documents = (drafts: readonly AlertDraft[], cause = 'cause'): Alert[] =>
  alertOps(drafts, { ...about, cause }).map((op) => (op as { document: Alert }).document);

const staff = [aMember('sara'), aMember('huda', { role: 'head' }), aMember('samia', { role: 'supervisor' })];
const store = { getMany: async (_: unknown, ids: string[]) => staff.filter(({ id }) => ids.includes(id)) } as never;
const told = async (ticket: Parameters<typeof knowing>[2]): Promise<string[]> => {
  const drafts = ['sara', 'huda', 'samia', 'nobody'].map((agentId) => ({ kind: 'breached' as const, agentId }));
  return (await knowing(store as Store, drafts, ticket)).map(({ agentId }) => agentId);
};

describe('the alerts of a cause', () => {
  it('are the same where the cause is, one for each agent and kind, and not read yet', () => {
    const drafts: AlertDraft[] = [
      { kind: 'assigned', agentId: 'sara' },
      { kind: 'warned', agentId: 'sara' },
      { kind: 'assigned', agentId: 'huda' },
    ];
    const ids = documents(drafts).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(documents(drafts).map(({ id }) => id)).toEqual(ids);
    expect(documents(drafts, 'other').some(({ id }) => ids.includes(id))).toBe(false);
    expect(documents(drafts)[0]).toMatchObject({ mail: 'waiting', dueAt: at, readAt: null, unreadAt: at });
  });

  it('go to phones where they tell of a ticket from another platform, and else by letter only', () => {
    const [platform, other] = documents([
      { kind: 'platform-ticket', agentId: 'sara' },
      { kind: 'assigned', agentId: 'sara' },
    ]);
    expect(platform).toMatchObject({ phone: 'waiting', phoneDueAt: at, phoneTries: 0 });
    expect(other).not.toHaveProperty('phone');
  });

  it('are for those alone who may know of the ticket', async () => {
    expect(await told(aTicket())).toEqual(['sara', 'huda', 'samia']);
    expect(await told(aTicket({ hiddenFrom: ['huda', 'samia'] }))).toEqual(['sara']);
    expect(await told(aTicket({ restricted: true, visibleTo: ['huda'] }))).toEqual(['huda', 'samia']);
    expect(await told(aTicket({ restricted: true, assigneeId: 'sara', hiddenFrom: ['samia'] }))).toEqual(['sara']);
  });
});
