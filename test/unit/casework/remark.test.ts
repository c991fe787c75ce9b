import { describe, expect, it } from 'vitest';
import { remarkAlerts, requireOwnMatter } from '../../../src/casework/remark.ts';
import { aScene, aStaff, aTicket, refusal } from './builders.ts';

const ticket = aTicket({ status: 'in_progress', departmentId: 'halls', assigneeId: 'majed' });
const remark = { kind: 'noted', text: 'نحتاج إلى موافقتك.', to: 'head' } as const;
const away = { agentId: 'huda', deputyId: 'mona', from: '2026-11-01T00:00:00.000Z', to: null };

describe('a remark for the head', () => {
  it('is told to the head of whoever has the ticket, or to who stands in for them', () => {
    const values = { by: 'majed', note: remark.text };
    expect(remarkAlerts(aScene({ ticket }), 'majed', [remark])).toEqual([{ kind: 'noted', agentId: 'huda', values }]);
    const scene = aScene({ ticket, staff: aStaff([], [away]) });
    expect(remarkAlerts(scene, 'majed', [remark])).toEqual([{ kind: 'noted', agentId: 'mona', values }]);
  });

  it('is told to nobody where it is for everybody, or where the head wrote it', () => {
    expect(remarkAlerts(aScene({ ticket }), 'majed', [{ kind: 'noted', text: 'ملاحظة' }])).toEqual([]);
    expect(remarkAlerts(aScene({ ticket }), 'huda', [remark])).toEqual([]);
  });

  it('leaves its words in the ticket where that is restricted', () => {
    const [alert] = remarkAlerts(aScene({ ticket: { ...ticket, restricted: true } }), 'samia', [remark]);
    expect(alert?.values).toEqual({ by: 'samia' });
  });
});

describe('a remark of somebody of a department', () => {
  it('is refused on what another department has', () => {
    expect(refusal(() => requireOwnMatter(aScene({ ticket }), 'mishari'))?.code).toBe('forbidden');
  });

  it.each(['majed', 'mona', 'huda', 'sara', 'samia'])('is possible on their own, and for those above: %s', (id) => {
    expect(refusal(() => requireOwnMatter(aScene({ ticket }), id))).toBeNull();
  });

  it('is possible on what their department had, and on what is theirs', () => {
    const had = { ...ticket, hadBy: ['maintenance'] };
    expect(refusal(() => requireOwnMatter(aScene({ ticket: had }), 'mishari'))).toBeNull();
    const own = { ...ticket, assigneeId: 'mishari' };
    expect(refusal(() => requireOwnMatter(aScene({ ticket: own }), 'mishari'))).toBeNull();
  });
});
