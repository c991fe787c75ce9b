/**
 * What the texts of alerts (`templates/alert-*`) may be filled with; everything is empty where it is not known. A kind gives
 * its own in `Alert.values`: times as ISO, names in the language of the organisation.
 */
export const noAlertValues = {
  number: '',
  /** Of the ticket; empty where it is restricted. */
  subject: '',
  type: '',
  department: '',
  /** A word for it; in `alert-status` the status itself. */
  status: '',
  /** When its treatment is due. */
  dueAt: '',
  link: '',
  /** It cannot wait. */
  urgent: '',
  /** For whom it is, where a deputy gets it. */
  insteadOf: '',
  organisation: '',
  /** The department, or the body, that it comes from. */
  from: '',
  /** Who of staff did it. */
  by: '',
  reason: '',
  note: '',
  /** Another ticket's number, or the name of an outside body, a platform, a service or somebody. */
  other: '',
  /** `firstResponse`, `routing` or `resolution`. */
  clock: '',
  level: '',
  count: '',
  days: '',
  item: '',
  /** The number that a ticket has elsewhere. */
  reference: '',
  /** The time of a report in words. */
  period: '',
  expectedAt: '',
  /** What was asked did not reach the person. */
  untold: '',
} satisfies Record<string, string>;
export type AlertValues = Record<keyof typeof noAlertValues, string | number | boolean>;
