import { describe, expect, it } from 'vitest';
import { mayOpenSealed } from '../../../src/casework/path.ts';
import { actor, aScene, aStaff, aTicket, everybody, now } from './builders.ts';

const ticket = aTicket({ status: 'in_progress', departmentId: 'halls', assigneeId: 'majed' });
const whoMay = (scene = aScene({ ticket })): string[] =>
  everybody.filter(({ id }) => mayOpenSealed(scene, actor(id, scene.staff))).map(({ id }) => id);

describe('what of a ticket is kept sealed', () => {
  it('is read by the care unit, and by the head and the assignee of its own department alone', () => {
    expect(whoMay()).toEqual(['sara', 'salem', 'huda', 'majed', 'samia', 'adel']);
  });

  it('is read by the head of no other department, nor by those who might take the ticket up', () => {
    expect(whoMay(aScene({ ticket: { ...ticket, departmentId: 'maintenance', assigneeId: null } }))).toEqual([
      'sara',
      'salem',
      'hamad',
      'samia',
      'adel',
    ]);
  });

  it('is read by who stands in for the head', () => {
    const staff = aStaff([], [{ agentId: 'huda', deputyId: 'mona', from: now, to: null }]);
    expect(whoMay(aScene({ ticket, staff }))).toContain('mona');
  });
});
