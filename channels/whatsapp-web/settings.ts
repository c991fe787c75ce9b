import { z } from 'zod';
import type { KindSettings } from '../../src/channel/kind.ts';

const whole = (from: number, to: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${from} to ${to}` })
    .int(`must be a whole number from ${from} to ${to}`)
    .min(from, `must be a whole number from ${from} to ${to}`)
    .max(to, `must be a whole number from ${from} to ${to}`);

const shape = {
  ENABLED: z
    .enum(['true', 'false'])
    .default('false')
    .describe(
      'true links an account through WhatsApp Web, which is against the terms of WhatsApp: the number may be blocked.',
    ),
  PHONE: z
    .string()
    .regex(/^\+\d{7,15}$/, 'must be a number with its country, such as +966501234567')
    .optional()
    .describe('The number to link by a pairing code (+9665…) instead of a QR code.'),
  PER_MINUTE: whole(1, 60)
    .default(30)
    .describe('At most so many messages leave in a minute, with pauses as a person makes.'),
  NEW_PEOPLE_PER_DAY: whole(0, 1000)
    .default(20)
    .describe('So many people who did not write in the last day may be written to in a day.'),
  RESTART_HOUR: whole(0, 23)
    .default(3)
    .describe('The quiet hour (0 to 23, Riyadh time) in which the browser is started afresh.'),
} as const;

type Values = z.infer<z.ZodObject<typeof shape>>;

/** One account, ready to be opened. */
export interface WebSettings {
  /** E.164; null where a QR code is scanned. */
  phone: string | null;
  perMinute: number;
  newPeoplePerDay: number;
  /** Hour of the day at UTC+3. */
  restartHour: number;
}

/** What an inbox of WhatsApp Web is set up with. */
export const whatsappWebKind: KindSettings = {
  prefix: 'WHATSAPP_WEB',
  shape,
  secrets: [],
  off: ({ ENABLED }) => ENABLED !== 'true',
};

/** The settings of one inbox, from values that `whatsappWebKind` has checked. */
export function webSettings(checked: Readonly<Record<string, unknown>>): WebSettings {
  const values = checked as Values;
  return {
    phone: values.PHONE ?? null,
    perMinute: values.PER_MINUTE,
    newPeoplePerDay: values.NEW_PEOPLE_PER_DAY,
    restartHour: values.RESTART_HOUR,
  };
}
