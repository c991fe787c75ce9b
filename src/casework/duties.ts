import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Duty, FindDuties } from './scene.ts';

/** Every kind of duty, one file each in `duties/`. */
export const finders: readonly FindDuties[] = [];

/** What time brings to a ticket, the first first. Pure. */
export const dutiesOf = (ticket: Ticket, organisation: OrganisationSnapshot): Duty[] =>
  finders.flatMap((find) => find(ticket, organisation)).sort((one, other) => one.at.localeCompare(other.at));
