import { z } from 'zod';
import { addDuration, workingMinutesBetween } from '../../calendar/business-time.ts';
import { type Calendar, calendar } from '../../calendar/calendar.ts';
import { confirmedCalendar } from '../../calendar/confirmed.ts';
import { WaslError } from '../../errors.ts';
import { duration } from '../../organisation/duration.ts';
import type { HttpDeps } from '../deps.ts';
import { time } from '../fields.ts';
import { type AnyRoute, route } from '../route.ts';

const instant = z.iso.datetime({ offset: true });

const previewBody = z
  .strictObject({
    calendarId: z.string().max(100).optional(),
    calendar: calendar.optional(),
    from: instant,
    add: duration.optional(),
    to: instant.optional(),
  })
  .refine((body) => (body.calendarId === undefined) !== (body.calendar === undefined), 'give calendarId or calendar')
  .refine((body) => (body.add === undefined) !== (body.to === undefined), 'give add or to');

const line = z.object({ from: time, to: time, minutes: z.number(), counted: z.boolean(), reason: z.string() });
const previewReply = z
  .union([
    z.object({ dueAt: time, lines: z.array(line) }),
    z.object({ workingMinutes: z.number(), lines: z.array(line) }),
  ])
  .meta({ id: 'CalendarPreview' });

function chosen({ organisation }: HttpDeps, body: z.output<typeof previewBody>): Calendar {
  if (body.calendar) return body.calendar;
  const named = organisation().calendars.find(({ id }) => id === body.calendarId);
  if (!named) throw new WaslError('not-found', 'There is no such calendar.');
  return confirmedCalendar(named);
}

/** Reckoning on working calendars, shown line by line. */
export const calendarRoutes = (deps: HttpDeps): AnyRoute[] => [
  route({
    method: 'post',
    path: '/calendars/preview',
    summary: 'When a length of time ends on a calendar, or how much working time lies between',
    tag: 'Settings',
    access: 'settings.read',
    idempotent: false,
    body: previewBody,
    reply: previewReply,
    async handle({ body }) {
      const working = chosen(deps, body);
      const from = Date.parse(body.from);
      if (body.add) return addDuration(working, from, body.add);
      return workingMinutesBetween(working, from, Date.parse(body.to ?? body.from));
    },
  }),
];
