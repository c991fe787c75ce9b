import { alertKinds } from '../src/alert/alert.ts';
import { noAlertValues } from '../src/alert/alert-values.ts';
import { noticeTexts } from '../src/flow/notice.ts';
import { noticeKinds } from '../src/notice/kinds.ts';
import { ticketStatuses } from '../src/ticket/types.ts';

const openHours = { open: true, closesAt: '2026-11-22T11:30:00.000Z', nextOpenAt: null, text: 'HOURS' };
export const closedHours = { open: false, closesAt: null, nextOpenAt: '2026-11-23T04:30:00.000Z', text: 'HOURS' };
const alwaysClosed = { open: false, closesAt: null, nextOpenAt: null, text: 'HOURS' };
export const hours = [openHours, closedHours, alwaysClosed];

export type Values = Record<string, unknown>;
export const each = <T>(name: string, values: readonly T[], rest: Values = {}): Values[] =>
  values.map((value) => ({ ...rest, [name]: value }));
const flags = [true, false];
const named = ['سارة أحمد', ''];

export const ticket = {
  number: '26000010',
  subject: 'SUBJECT',
  status: 'new',
  type: 'complaint',
  service: 'SERVICE',
  statusAt: '2026-11-22T07:00:00.000Z',
  openedAt: '2026-11-22T07:00:00.000Z',
  dueAt: '2026-11-25T07:00:00.000Z',
  late: false,
  finished: false,
  joined: '',
  asked: '',
  reply: '',
  delay: '',
  reason: '',
  guidance: '',
  department: '',
  pause: '',
  body: '',
  supplyOn: null,
  done: true,
};
const standing = {
  asked: 'ASKED',
  reply: 'REPLY',
  delay: 'DELAY',
  reason: 'REASON',
  guidance: 'GUIDANCE',
  department: 'DEPARTMENT',
  pause: 'PAUSE',
  body: 'BODY',
  supplyOn: '2026-11-30',
};
export const opened = {
  ...ticket,
  restricted: false,
  dueAt: { firstResponse: null, resolution: '2026-11-25T07:00:00.000Z' },
};
const confidential = { ...opened, restricted: true };
const unpromised = { ...opened, type: 'inquiry', dueAt: { firstResponse: null, resolution: null } };
const question = flags.flatMap((again) =>
  flags.flatMap((noted) => each('name', named, { again, noted: noted && !again })),
);

export const noticed = each('subject', ['SUBJECT', ''], {
  number: '26000010',
  reason: '',
  expectedAt: '2026-11-25T07:00:00.000Z',
  organisation: 'ORGANISATION',
  text: '',
  guidance: '',
  link: '',
  other: '',
  doneOn: '',
  visitOn: '',
  item: '',
  withheld: false,
  placed: true,
  done: true,
});
const whole = {
  text: 'TEXT',
  guidance: 'GUIDANCE',
  reason: 'REASON',
  link: 'https://care.example/x',
  other: 'OTHER',
  item: 'ITEM',
};
/** With all that may be told, with nothing of it, and where it must not be told. */
export const told = noticed.flatMap((one) => [
  one,
  { ...one, ...whole },
  { ...one, expectedAt: '' },
  { ...one, withheld: true },
  { ...one, text: 'TEXT', doneOn: '2026-12-01', visitOn: '2026-12-02' },
  { ...one, withheld: true, placed: false },
  ...flags.map((done) => ({ ...one, done, text: 'TEXT' })),
  { ...one, done: false },
]);
const toldKinds = Object.values(noticeTexts).map(({ template }) => template);
const plainNotices = ['notice-delayed'];

/** Of what staff are told everything but the number may be missing. */
const alerted: Values[] = [
  { ...noAlertValues, number: '26000010' },
  {
    ...Object.fromEntries(Object.keys(noAlertValues).map((name) => [name, 'VALUE'])),
    ...{ number: '26000010', count: 3, days: 30, level: 2, clock: 'routing', link: 'https://wasl.example' },
    ...{ dueAt: '2026-11-25T07:00:00.000Z', expectedAt: '2026-11-25T07:00:00.000Z' },
  },
];
const aboutAlerts = ['facts', 'status', 'digest'];

const referred = {
  number: '26000010',
  text: 'TEXT',
  dueAt: '2026-11-29T07:00:00.000Z',
  expiresAt: '2026-12-20T07:00:00.000Z',
  body: 'BODY',
  unit: 'UNIT',
  organisation: 'ORGANISATION',
  link: 'https://wasl.example/refer/token',
};

/** What the code hands to each text that has places to fill, with what may be empty once full and once empty. */
/** What each text is said with, as the code gives it: every text with values has a row. */
export const samples: Record<string, Values[]> = {
  ...Object.fromEntries([...alertKinds, ...aboutAlerts].map((kind) => [`alert-${kind}`, alerted])),
  'alert-digest': each('count', [2, 3, 11, 100]),
  'alert-status': each('status', ticketStatuses),
  'added-to-ticket': [{ number: '26000010' }],
  'ask-rating': each('number', ['26000010', '']),
  'ask-rating-employee': [{ number: '26000010' }],
  'added-in-confidence': [{ number: '26000010' }],
  'agent-joined': each('agent', ['منى', '']),
  'ask-category': question,
  'ask-details': [
    { fields: ['FIELD', 'OTHER FIELD'], categories: [] },
    { fields: ['FIELD'], categories: ['CATEGORY', 'OTHER CATEGORY'] },
  ],
  'details-noted': each('name', named).flatMap((one) => each('number', ['26000010', ''], one)),
  'letter-foot': each('hours', [openHours, { ...openHours, text: '' }], { unit: 'UNIT', organisation: 'ORGANISATION' }),
  'letter-subject': [{ unit: 'UNIT' }],
  'ask-entity': question,
  'ask-inquiry': question,
  'ask-name': question,
  'chat-error-file-size': [{ megabytes: 10 }],
  'chat-error-too-long': [{ max: 4000 }],
  danger: each('hours', hours),
  'did-this-help': flags.flatMap((request) =>
    each('links', [[], [{ id: 'portal', name: 'بوابة PORTAL', link: 'https://portal.example' }]], { request }),
  ),
  'not-helped': each('number', ['26000010', '']),
  ...Object.fromEntries(toldKinds.filter((id) => !plainNotices.includes(id)).map((id) => [id, told])),
  'notice-delayed': noticed.flatMap((one) => each('reason', ['REASON', ''], one)),
  'notice-not-told': each('kind', noticeKinds),
  'choose-type': [{ number: '26000010' }],
  'ask-field': ['text', 'choice', 'date', 'number', 'file', 'national-id', 'reference'].flatMap((kind) =>
    each('question', ['QUESTION', ''], { kind, name: 'NAME', again: kind === 'date' }),
  ),
  'ask-fields': [{ fields: ['FIELD', 'OTHER FIELD'] }],
  ...Object.fromEntries(
    ['solved-thanks', 'solved-why', 'solved-unclear', 'objection-why', 'data-thanks', 'data-missing', 'came-back'].map(
      (id) => [id, [{ number: '26000010' }]],
    ),
  ),
  'unsolved-noted': each('goesTo', ['', 'other', 'again', 'nobody'], { number: '26000010' }),
  'came-late': [{ number: '26000010', until: '2026-11-25T07:00:00.000Z' }],
  'note-follows': [{ number: '26000010' }],
  'objection-opened': [
    ...each('hours', hours, { ticket: opened, other: '26000011' }),
    { hours: openHours, ticket: unpromised, other: '26000011' },
  ],
  'objection-not-possible': [
    'merged',
    'no-answer-yet',
    'too-late',
    'objection-open',
    'objection-answered',
    'highest-decided',
  ].flatMap((reason) => [
    { number: '26000010', other: '26000011', reason, promisedAt: null, until: null },
    {
      number: '26000010',
      other: '26000011',
      reason,
      promisedAt: noticed[0]?.expectedAt,
      until: noticed[0]?.expectedAt,
    },
  ]),
  'escalation-not-possible': [
    'not-yet',
    'waiting',
    'escalated-already',
    'closed-treated',
    'rejected',
    'merged',
  ].flatMap((reason) =>
    ticketStatuses.map((status) => ({
      ...{ number: '26000010', reason, status, canObject: status === 'closed' },
      promisedAt: status === 'new' ? null : noticed[0]?.expectedAt,
    })),
  ),
  'escalation-noted': ['', 'head', 'supervisor', 'management', 'agents'].flatMap((raisedTo) =>
    each('hours', hours, { number: '26000010', raisedTo }),
  ),
  'urgent-noted': each('hours', hours, { number: '26000010' }),
  'incident-known': [{ message: 'MESSAGE', ticket: { number: '26000010' } }],
  greeting: hours.flatMap((one) =>
    flags.flatMap((salam) => each('name', named, { salam, hours: one, unit: 'UNIT', organisation: 'ORGANISATION' })),
  ),
  'greeting-again': flags.flatMap((salam) =>
    each('name', named, { salam, hours: openHours, unit: 'UNIT', organisation: 'ORGANISATION' }),
  ),
  handoff: each('hours', hours),
  'inquiry-examples': [{ examples: ['EXAMPLE', 'OTHER EXAMPLE'] }],
  'join-code': [{ code: '123456' }],
  'offer-people': each('choices', [0, 1, 3]),
  'one-time-code': [1, 2, 5, 11].map((minutes) => ({ code: '123456', minutes })),
  'post-known': [{ subject: 'SUBJECT' }],
  'public-answer': [{ answer: '24' }],
  'public-complaint': each('times', [0, 1, 2, 3]),
  'public-danger': each('times', [0, 1]),
  'public-invite': each('times', [0, 1, 2, 3]),
  'referral-letter': [referred],
  'referral-reminder': [referred],
  'still-waiting': each('hours', hours),
  'ticket-of-post': each('added', flags, { number: '26000010' }),
  'ticket-opened': hours.flatMap((one) =>
    flags.flatMap((unsure) => [
      ...each('service', ['SERVICE', ''], {
        ticket: opened,
        type: 'TYPE',
        hours: one,
        unsure,
        part: '',
        danger: false,
        urgent: false,
      }),
      { ticket: unpromised, type: 'TYPE', service: '', hours: one, unsure, part: 'PART', danger: false, urgent: false },
      { ticket: confidential, type: 'TYPE', service: '', hours: one, unsure, part: '', danger: true, urgent: false },
      { ticket: opened, type: 'TYPE', service: '', hours: one, unsure, part: '', danger: false, urgent: true },
    ]),
  ),
  'ticket-status': [
    ...ticketStatuses.map((status) => ({ ticket: { ...ticket, status } })),
    { ticket: { ...ticket, late: true } },
    ...ticketStatuses.map((status) => ({ ticket: { ...ticket, ...standing, status } })),
    { ticket: { ...ticket, joined: '26000011', subject: '', status: 'resolved', done: false, finished: true } },
    { ticket: { ...ticket, dueAt: null } },
    { ticket: { ...ticket, finished: true } },
  ],
  'ticket-unknown': each('number', ['26000010', '']),
  'type-changed': [{ number: '26000010', type: 'TYPE' }],
  'which-ticket': each('count', [1, 2, 3, 11, 50]).flatMap((one) => each('shown', [1, 5], one)),
};
