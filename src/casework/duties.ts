import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { breach } from './duties/breach.ts';
import { confirm } from './duties/confirm.ts';
import { ladder } from './duties/ladder.ts';
import { missingData } from './duties/missing-data.ts';
import { warn } from './duties/warn.ts';
import type { Duty, FindDuties } from './scene.ts';

/** Every kind of duty, one file each in `duties/`. */
export const finders: readonly FindDuties[] = [warn, breach, ladder, missingData, confirm];

/** What time brings to a ticket, the first first. Pure. */
export const dutiesOf = (ticket: Ticket, organisation: OrganisationSnapshot): Duty[] =>
  finders
    .flatMap((find) => find(ticket, organisation))
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
