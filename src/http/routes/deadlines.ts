import { z } from 'zod';
import type { Calendar } from '../../calendar/calendar.ts';
import { duration } from '../../organisation/duration.ts';
import { clocksOf } from '../../sla/clocks.ts';
import { linesOf, workingMinutesOf } from '../../sla/explain-clock.ts';
import { workingCalendar } from '../../sla/working-calendar.ts';
import type { ClockName } from '../../ticket/changes.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { HttpDeps } from '../deps.ts';
import { time } from '../fields.ts';
import { type AnyRoute, route } from '../route.ts';
import { ticketFor } from './ticket-for.ts';
import { byNumber } from './tickets.ts';

const line = z.object({ from: time, to: time, minutes: z.number(), counted: z.boolean(), reason: z.string() });

const deadline = z
  .object({
    promised: duration,
    startedAt: time,
    dueAt: time,
    state: z
      .enum(['running', 'paused', 'met', 'over'])
      .meta({ description: '`over`: the ticket ended without it. While `paused`, `dueAt` stands where it stood.' }),
    metAt: time.nullable(),
    lines: z
      .array(line)
      .meta({ description: 'From the start to `dueAt` without gaps; `paused:<reason>` where it stood.' }),
    workingMinutes: z.object({ promised: z.number(), used: z.number() }).meta({
      description: 'On the calendar where the promise runs on it, else plain time; `used` until now or its end.',
    }),
    breaches: z
      .array(z.object({ dueAt: time, stands: z.boolean() }))
      .meta({ description: 'Deadlines that passed; one that does not stand was moved afterwards.' }),
  })
  .meta({ id: 'Deadline' });

const reply = z
  .object({ firstResponse: deadline.nullable(), routing: deadline.nullable(), resolution: deadline.nullable() })
  .meta({ id: 'TicketDeadlines' });

type Explained = z.output<typeof deadline>;

/** How the deadlines of a ticket came about, by the matrix and the calendars as they are now. */
function explained(deps: HttpDeps, ticket: Ticket): z.output<typeof reply> {
  const organisation = deps.organisation();
  const clocks = clocksOf(organisation, ticket);
  const calendar: Calendar = workingCalendar(organisation);
  const of = (name: ClockName): Explained | null => {
    const clock = clocks[name];
    if (!clock) return null;
    const { promised, startedAt, dueAt, state, metAt } = clock;
    const breaches = ticket.breached.filter((one) => one.clock === name);
    return {
      promised,
      startedAt,
      dueAt,
      state,
      metAt,
      lines: linesOf(clock, calendar),
      workingMinutes: workingMinutesOf(clock, calendar, deps.clock.now()),
      breaches: breaches.map((one) => ({ dueAt: one.dueAt, stands: one.dueAt === dueAt })),
    };
  };
  return { firstResponse: of('firstResponse'), routing: of('routing'), resolution: of('resolution') };
}

/** Why a ticket is due when it is due. */
export const deadlineRoutes = (deps: HttpDeps): AnyRoute[] => [
  route({
    method: 'get',
    path: '/tickets/:number/deadlines',
    summary: 'The clocks of a ticket, and how each deadline came about: day by day, what counted and what did not',
    tag: 'Tickets',
    access: 'tickets.read',
    params: byNumber,
    reply,
    async handle({ params, by }) {
      return explained(deps, await ticketFor(deps.store, by, params.number));
    },
  }),
];
