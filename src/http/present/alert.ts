import { z } from 'zod';
import { type Alert, alert } from '../../alert/alert.ts';

const file = z.object({ name: z.string(), type: z.string(), bytes: z.number() });

export const alertReply = alert
  .pick({ id: true, kind: true, ticketNumber: true, values: true, at: true, mail: true, phone: true, readAt: true })
  .extend({ file: file.nullable() })
  .meta({ id: 'Alert' });
export type AlertReply = z.infer<typeof alertReply>;

/** An alert as its agent sees it. */
export function presentAlert({ id, kind, ticketNumber, values, at, mail, phone, readAt, ...one }: Alert): AlertReply {
  const shown = one.file && { name: one.file.name, type: one.file.type, bytes: one.file.bytes };
  return { id, kind, ticketNumber, values, at, mail, ...(phone ? { phone } : {}), readAt, file: shown };
}

export const failedAlertReply = alert
  .pick({ id: true, kind: true, agentId: true, ticketNumber: true, at: true, mail: true, phone: true })
  .extend({ failedAt: z.string().nullable() })
  .meta({ id: 'FailedAlert' });

/** An alert that did not reach its agent outside the console, as others see it: without what it says. */
export const presentFailedAlert = ({
  id,
  kind,
  agentId,
  ticketNumber,
  at,
  mail,
  phone,
  ...one
}: Alert): z.infer<typeof failedAlertReply> => ({
  id,
  kind,
  agentId,
  ticketNumber,
  at,
  mail,
  ...(phone ? { phone } : {}),
  failedAt: one.failedAt ?? null,
});
