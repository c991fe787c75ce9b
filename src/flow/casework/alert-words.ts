import type { Alert, AlertKind } from '../../alert/alert.ts';
import { type AlertValues, noAlertValues } from '../../alert/alert-values.ts';
import { inLanguage, type Language } from '../../language/language.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { shortNameOf } from '../notice-values.ts';

type Deps = Pick<FlowDeps, 'publicUrl'> & { content: Pick<FlowDeps['content'], 'organisation' | 'render'> };

/** A letter to somebody of staff. */
export interface AlertLetter {
  subject: string;
  text: string;
}

/** An alert with all that its text may ask for. */
export interface FilledAlert {
  kind: AlertKind;
  values: AlertValues;
}

const longestSubject = 120;

/** On one line, so that it stands beside its name. */
const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > longestSubject ? `${line.slice(0, longestSubject).toWellFormed().trimEnd()}…` : line;
};

/** What is told of a ticket in its alerts; of a restricted one neither what it is about nor whose it is. */
function ticketValues({ content, publicUrl }: Deps, ticket: Ticket, language: Language): Partial<AlertValues> {
  const department = content.organisation().departments.find(({ id }) => id === ticket.departmentId);
  const { number, restricted, status, type, dueAt, urgent } = ticket;
  const open: Partial<AlertValues> = {
    subject: oneLine(ticket.subject),
    type: content.render()(`button-type-${type}`, language),
    department: department ? inLanguage(department.name, language) : '',
  };
  return {
    number,
    ...(restricted ? {} : open),
    status: content.render()('alert-status', language, { ...noAlertValues, status }),
    dueAt: dueAt.resolution ?? '',
    urgent: urgent ? true : '',
    link: `${publicUrl}/console/tickets/${number}`,
  };
}

/** Of a restricted matter only what tells nothing of it. */
const untelling = ['clock', 'level', 'count', 'days', 'expectedAt'] as const;
const withoutWords = (values: Alert['values']): Alert['values'] =>
  Object.fromEntries(untelling.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));

/** Of what came from a platform, that platform and its number there. */
const named = ({ platform, number, ...values }: Alert['values']): Alert['values'] => ({
  ...values,
  ...(platform === undefined ? {} : { other: platform }),
  ...(number === undefined ? {} : { reference: number }),
});

/**
 * All that the text of an alert may ask for: what its ticket tells, and what came with it. `insteadOf` names whom the
 * recipient stands in for.
 */
export function fillAlert(
  deps: Deps,
  { kind, values }: Pick<Alert, 'kind' | 'values'>,
  { ticket, language, insteadOf = '' }: { ticket: Ticket | null; language: Language; insteadOf?: string },
): FilledAlert {
  const ofTicket = ticket ? ticketValues(deps, ticket, language) : { link: `${deps.publicUrl}/console/` };
  const organisation = shortNameOf(deps.content.organisation().organisation, language);
  const own = ticket?.restricted ? withoutWords(values) : named(values);
  return { kind, values: { ...noAlertValues, ...ofTicket, ...own, insteadOf, organisation } };
}

/** The text of an alert: its first line is the subject. */
function piece({ content }: Deps, language: Language, { kind, values }: FilledAlert): AlertLetter {
  const [subject = '', ...body] = content
    .render()(`alert-${kind}`, language, { ...values })
    .split('\n');
  const isOfTicket = values.number !== '';
  const below = isOfTicket ? content.render()('alert-facts', language, { ...values }) : String(values.link);
  return { subject, text: `${body.join('\n').trim()}\n\n${below}` };
}

/** One letter for all that one agent is told at a time. */
export function alertLetter(deps: Deps, language: Language, alerts: readonly FilledAlert[]): AlertLetter {
  const pieces = alerts.map((one) => piece(deps, language, one));
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const head = deps.content.render()('alert-digest', language, { count: alerts.length });
  const [subject = '', ...intro] = head.split('\n');
  const each = pieces.map((one) => `${one.subject}\n\n${one.text}`);
  return { subject, text: [intro.join('\n').trim(), ...each].join('\n\n') };
}

/** The brief form for a phone, where each message costs. */
export const alertBrief = ({ content }: Deps, language: Language, { kind, values }: FilledAlert): string =>
  content.render()(`alert-${kind}`, language, { ...values }, 'brief');
