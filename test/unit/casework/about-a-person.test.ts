import { describe, expect, it } from 'vitest';
import { keptFrom } from '../../../src/casework/about-a-person.ts';
import { maySee } from '../../../src/casework/may-see.ts';
import type { Staff } from '../../../src/casework/staff.ts';
import { actor, aMember, anOrganisation, aStaff, everybody } from './builders.ts';

const organisation = anOrganisation();
const kept = (
  about: string[],
  { staff = aStaff(), departmentId = 'halls' }: { staff?: Staff; departmentId?: string } = {},
) => keptFrom(staff, organisation, { about, departmentId });

/** Who may see a ticket that is kept so, while nobody has it. */
const readers = (about: string[], staff: Staff = aStaff()): string[] => {
  const standing = { ...kept(about, { staff }), assigneeId: null };
  return staff.members.filter(({ id }) => maySee(actor(id, staff), standing)).map(({ id }) => id);
};

const disabled = { disabledAt: '2026-11-01T00:00:00.000Z' };

describe('a complaint about a person', () => {
  it('about a member stays with their department, where their head sees it and they do not', () => {
    expect(kept(['majed'])).toEqual({ hiddenFrom: ['majed'], departmentId: 'halls', restricted: false, visibleTo: [] });
    expect(readers(['majed'])).toEqual(everybody.map(({ id }) => id).filter((id) => id !== 'majed'));
  });

  it('about a head goes to the care unit, and only those above see it', () => {
    const huda = kept(['huda']);
    expect(huda).toMatchObject({ departmentId: 'care', restricted: true });
    expect(huda.hiddenFrom.sort()).toEqual(['huda', 'majed', 'mona']);
    expect(readers(['huda'])).toEqual(['samia', 'adel']);
  });

  it('about a head is not kept from somebody who works elsewhere too', () => {
    const staff = aStaff([aMember('mona', { role: 'member', departments: ['halls', 'maintenance'] })]);
    expect(kept(['huda'], { staff }).hiddenFrom.sort()).toEqual(['huda', 'majed']);
  });

  it('about whoever a department names as its head is kept from those below, whatever their role is called', () => {
    const departments = organisation.departments.map((one) => (one.id === 'halls' ? { ...one, headId: 'mona' } : one));
    const found = keptFrom(aStaff(), { ...organisation, departments }, { about: ['mona'], departmentId: 'halls' });
    expect(found).toMatchObject({ restricted: true, departmentId: 'care' });
    expect(found.hiddenFrom).toContain('majed');
  });

  it('about a supervisor is seen by the others above, not by that supervisor', () => {
    expect(readers(['samia'])).toEqual(['adel']);
    expect(readers(['adel'])).toEqual(['samia']);
  });

  it('about the only ones above is seen by management', () => {
    expect(readers(['samia', 'adel'])).toEqual(['maha']);
    expect(readers(['samia'], aStaff([aMember('adel', { role: 'administrator', ...disabled })]))).toContain('maha');
  });

  it('is seen by the confidants, by id or address, unless it is about them', () => {
    const named = anOrganisation({ confidants: ['Sara@example.org ', 'salem', 'gone'] });
    const of = (about: string[]) => keptFrom(aStaff(), named, { about, departmentId: 'halls' }).visibleTo;
    expect(of(['huda'])).toEqual(['sara', 'salem']);
    expect(of(['huda', 'sara'])).toEqual(['salem']);
    expect(of(['majed'])).toEqual([]);
  });

  it('about several people is kept from all of them', () => {
    expect(kept(['majed', 'hamad']).hiddenFrom.sort()).toEqual(['hamad', 'majed', 'mishari']);
  });

  it('about nobody is kept from nobody', () => {
    expect(kept([])).toEqual({ hiddenFrom: [], departmentId: 'halls', restricted: false, visibleTo: [] });
  });
});

describe('who may know of a ticket', () => {
  const open = { restricted: false, assigneeId: null, visibleTo: [], hiddenFrom: [] };

  it('is not decided by the role where it is kept from somebody, not even where they have it', () => {
    for (const id of ['majed', 'samia', 'adel'])
      expect(maySee(actor(id), { ...open, assigneeId: id, visibleTo: [id], hiddenFrom: [id] })).toBe(false);
  });

  it('is its assignee, those named, and those above where it is restricted', () => {
    const standing = { ...open, restricted: true, assigneeId: 'sara', visibleTo: ['maha'] };
    const found = everybody.filter(({ id }) => maySee(actor(id), standing)).map(({ id }) => id);
    expect(found).toEqual(['sara', 'samia', 'adel', 'maha']);
  });
});
