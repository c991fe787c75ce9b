import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { channelKinds } from '../channels/index.ts';
import { alertKinds } from '../src/alert/alert.ts';
import { noAlertValues } from '../src/alert/alert-values.ts';
import type { Capabilities } from '../src/channel/capabilities.ts';
import { coreSettings, readSettings } from '../src/config.ts';
import { noticeTexts } from '../src/flow/notice.ts';
import { givenInboxes } from '../src/inbox/given-inboxes.ts';
import { type Language, languages } from '../src/language/language.ts';
import { noticeKinds } from '../src/notice/kinds.ts';
import { loadTemplates } from '../src/template/load.ts';
import { createRender } from '../src/template/template.ts';
import { ticketStatuses, ticketTypes } from '../src/ticket/types.ts';
import { root, sourceTree } from './source-tree.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the settings', () => {
  const example = read('.env.example');
  const blocks = example.split('\n\n').slice(1);
  const listed = blocks.map((block) => {
    const [help = '', setting = ''] = block.trim().split('\n');
    const [name = '', value = ''] = setting.split('=');
    return { name, help: help.replace(/^# /, ''), value };
  });

  it('stand in .env.example, all of them, each under its help sentence', () => {
    const ofKinds = channelKinds.flatMap(({ settings }) =>
      Object.entries(settings?.shape ?? {}).map(([name, schema]) => [`${settings?.prefix}_${name}`, schema] as const),
    );
    const declared = [...Object.entries(coreSettings), ...ofKinds].map(([name, schema]) => ({
      name,
      help: schema.description,
    }));
    expect(listed.map(({ name, help }) => ({ name, help }))).toEqual(declared);
  });

  it('have a help sentence that is one', () => {
    expect(listed.map(({ help }) => help).filter((help) => help.length < 15 || !help.endsWith('.'))).toEqual([]);
  });

  it('of .env.example start Wasl with what it does without any', () => {
    const given = Object.fromEntries(listed.map(({ name, value }) => [name, value]));
    expect(readSettings(coreSettings, given)).toEqual(readSettings(coreSettings, {}));
    expect(givenInboxes(channelKinds, given)).toEqual(givenInboxes(channelKinds, {}));
  });
});

const templates = await loadTemplates(join(root, 'templates'));
const shipped = templates.map(({ id }) => id);
const render = createRender(
  templates.map((one) => ({ ...one, version: 1 })),
  'Asia/Riyadh',
);

/** An approved article is said under this name; it has words of its own. */
const withOwnWords = ['answer'];

const server = sourceTree.filter(({ path }) => !path.includes('/widget/') && !path.startsWith('src/web/'));

/** Every name under which the code says a text of templates/; `*` where a part is known only later. */
const said = (): { path: string; name: string }[] =>
  server.flatMap(({ path, properties, calls, strings }) =>
    [
      ...properties.filter(({ name }) => name === 'template').flatMap((one) => one.said),
      ...calls
        .filter(({ name }) => name === 'render()' || (name === 'say' && path === 'src/flow/staff.ts'))
        .flatMap((one) => one.said),
      ...calls.filter(({ name }) => name === 'title').flatMap((one) => one.said.map((name) => `button-${name}`)),
      ...strings.filter((text) => /^((chat-error|letter)-[a-z-]+|list-button)$/.test(text)),
    ].map((name) => ({ path, name })),
  );

const matches = (name: string, id: string): boolean => new RegExp(`^${name.replaceAll('*', '[a-z-]+')}$`).test(id);

describe('what the code says', () => {
  it('is there in templates/', () => {
    const missing = said().filter(
      ({ name }) => !withOwnWords.includes(name) && !shipped.some((id) => matches(name, id)),
    );
    expect(missing).toEqual([]);
  });

  it('is all that is there: no text that nobody says', () => {
    const names = [...new Set(said().map(({ name }) => name))].filter((name) => name !== 'button-*');
    const plain = shipped.filter((id) => !id.includes('.'));
    expect(plain.filter((id) => !names.some((name) => matches(name, id)))).toEqual([]);
  });

  it('has a word for every type of ticket', () => {
    expect(ticketTypes.filter((type) => !shipped.includes(`button-type-${type}`))).toEqual([]);
  });
});

const openHours = { open: true, closesAt: '2026-11-22T11:30:00.000Z', nextOpenAt: null, text: 'HOURS' };
const closedHours = { open: false, closesAt: null, nextOpenAt: '2026-11-23T04:30:00.000Z', text: 'HOURS' };
const alwaysClosed = { open: false, closesAt: null, nextOpenAt: null, text: 'HOURS' };
const hours = [openHours, closedHours, alwaysClosed];

type Values = Record<string, unknown>;
const each = <T>(name: string, values: readonly T[], rest: Values = {}): Values[] =>
  values.map((value) => ({ ...rest, [name]: value }));
const flags = [true, false];
const named = ['سارة أحمد', ''];

const ticket = {
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
const opened = {
  ...ticket,
  restricted: false,
  dueAt: { firstResponse: null, resolution: '2026-11-25T07:00:00.000Z' },
};
const confidential = { ...opened, restricted: true };
const unpromised = { ...opened, type: 'inquiry', dueAt: { firstResponse: null, resolution: null } };
const question = flags.flatMap((again) =>
  flags.flatMap((noted) => each('name', named, { again, noted: noted && !again })),
);

const noticed = each('subject', ['SUBJECT', ''], {
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
const told = noticed.flatMap((one) => [
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
const samples: Record<string, Values[]> = {
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

const leftovers = /\{[{%]|[%}]\}|undefined|null|NaN|Invalid|\[object|#|\s[.،,؛:]|[،,]\s*[.،,]|\n\n\n| {2}/;
const arabic = /\p{Script=Arabic}/u;
const isolated = /\u2068[^\u2068\u2069]*\u2069/g;

const forms = ['chat', 'letter', 'brief'] as const;

const variants = (): { id: string; language: Language; values: Values; form: (typeof forms)[number] }[] =>
  shipped.flatMap((id) =>
    languages.flatMap((language) =>
      forms.flatMap((form) => (samples[id] ?? [{}]).map((values) => ({ id, language, values, form }))),
    ),
  );

describe('what is said', () => {
  it('has no place left open, whatever the values, in both languages', () => {
    const bad = variants()
      .map(({ id, language, values, form }) => ({ id, language, text: render(id, language, values, form) }))
      .filter(({ id, text }) => text === '' || leftovers.test(id.includes('.') ? text.replace(/\{\w+\}/g, 'X') : text));
    expect(bad).toEqual([]);
  });

  it('changes with its values: every place of a text is filled by what the code gives', () => {
    const places = (id: string): string[] =>
      Object.values(templates.find((one) => one.id === id)?.texts ?? {}).flatMap(
        (text) => text.match(/\{\{|\{%/g) ?? [],
      );
    expect(shipped.filter((id) => places(id).length > 0 && !samples[id])).toEqual([]);
    expect(Object.keys(samples).filter((id) => !shipped.includes(id) || places(id).length === 0)).toEqual([]);
  });

  it('names the number, the promise and the hours where it has them', () => {
    for (const language of languages) {
      const text = render('ticket-opened', language, samples['ticket-opened']?.[0]);
      expect(text).toContain('26000010');
      expect(text).toContain(language === 'ar' ? '25 نوفمبر' : '25 November');
      expect(render('greeting', language, samples.greeting?.[0])).toContain('HOURS');
      expect(render('handoff', language, { hours: closedHours })).toContain('23');
    }
  });

  it('is in the language that was asked for', () => {
    const own = ({ language, text }: { language: Language; text: string }): boolean =>
      arabic.test(text.replace(isolated, '')) === (language === 'ar');
    /** The name of the other language, said in that language. */
    const theirs = ['widget', 'contact-page', 'survey-page', 'refer-page'].map((page) => `${page}.otherLanguage`);
    const wrong = variants()
      .filter(({ id }) => !theirs.includes(id))
      .map(({ id, language, values, form }) => ({
        id,
        language,
        text: render(id, language, values, form).replaceAll('سارة أحمد', '').replaceAll('منى', ''),
      }))
      .filter((one) => !own(one));
    expect(wrong).toEqual([]);
  });
});

describe('the brief texts of notices', () => {
  const organisation = { ar: 'جامعة الغضا', en: 'Al-Ghada University' };
  /** What the longest month takes. */
  const values = { ...noticed[1], expectedAt: '2026-09-30T07:00:00.000Z' };
  const told = shipped.filter((id) => id.startsWith('notice-') && id !== 'notice-not-told');

  it('are there in both languages, for each that goes to phones', () => {
    expect(told.length).toBe(noticeKinds.length);
    const forms = (id: string) => Object.keys(templates.find((one) => one.id === id)?.texts ?? {});
    expect(told.filter((id) => !languages.every((one) => forms(id).includes(`${one}.brief`)))).toEqual([]);
  });

  it('fit into one part: 70 letters in Arabic, 160 plain ones in English, with the number and the name', () => {
    const plain = /^[A-Za-z0-9 .,;:?'()/-]{1,160}$/;
    for (const id of told) {
      const said = (one: Language) => render(id, one, { ...values, organisation: organisation[one] }, 'brief');
      expect(said('ar').length, id).toBeLessThanOrEqual(70);
      expect(said('en'), id).toMatch(plain);
      for (const one of languages) {
        expect(said(one)).toContain('26000010');
        expect(said(one)).toContain(organisation[one]);
      }
    }
  });
});

const placesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the words of browser pages', () => {
  const words = templates.filter(({ id }) => id.includes('.'));

  it('have the same places to fill in both languages', () => {
    const uneven = words.filter(({ texts }) => placesOf(texts.ar ?? '').join() !== placesOf(texts.en ?? '').join());
    expect(uneven.map(({ id }) => id)).toEqual([]);
  });

  it('are the ones that the widget asks for, and no others', () => {
    const widget = sourceTree.filter(({ path }) => path.includes('/web-chat/widget/'));
    const asked = widget.flatMap(({ calls }) => calls.filter(({ name }) => name === 'say').flatMap((one) => one.said));
    const keys = words.flatMap(({ id }) => (id.startsWith('widget.') ? [id.slice('widget.'.length)] : []));
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((key) => !keys.some((one) => matches(key, one)))).toEqual([]);
    const written = new Set(widget.flatMap(({ text }) => text.match(/\b[a-z]\w+\b/gi) ?? []));
    expect(keys.filter((key) => !written.has(key))).toEqual([]);
  });
});

const documents = globSync('**/*.md', {
  cwd: root,
  exclude: (path) => /^(node_modules|dist|data|test-results|knowledge-base\/articles)$/.test(String(path)),
});

/** Links of a document to files of the repository, without what stands in code. */
const linksOf = (path: string): string[] => {
  const text = read(path).replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => !/^[a-z]+:/i.test(target));
};

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsIn = (path: string): string[] =>
  [...read(path).matchAll(/^#{1,6}\s+(.+)$/gm)].map((match) => anchorOf(match[1] ?? ''));

describe('the documents', () => {
  it('link to what is there', () => {
    expect(documents).toContain('CONTRIBUTING.md');
    const broken = documents.flatMap((path) =>
      linksOf(path).flatMap((link) => {
        const [target = '', anchor] = link.split('#');
        const file = target === '' ? path : join(dirname(path), decodeURIComponent(target));
        if (!existsSync(join(root, file))) return [`${path}: ${link}`];
        const hasAnchor = !anchor || statSync(join(root, file)).isDirectory() || anchorsIn(file).includes(anchor);
        return hasAnchor ? [] : [`${path}: ${link}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
    const own = ['ci', 'start', 'test', 'install', 'run'];
    const unknown = documents.flatMap((path) =>
      [...read(path).matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)]
        .map((match) => match[1] ?? '')
        .filter((name) => !own.includes(name) && !scripts.includes(name))
        .map((name) => `${path}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the table of channels', () => {
  it('says what the channels say of themselves', async () => {
    const rows = read('channels/README.md')
      .split('\n')
      .filter((line) => /^\| `[a-z-]+` \|/.test(line))
      .map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .slice(1, -1),
      );
    const row = (
      kind: string,
      { text, attachments: files, quickReplies, receipts, canStart }: Capabilities,
    ): string[] => [
      `\`${kind}\``,
      `${text.format}, ${text.maxLength.toLocaleString('en')}`,
      files ? `${files.maxBytes / 1024 / 1024} MB, ${files.maxCount} at once` : 'no',
      quickReplies.as === 'native' ? `${quickReplies.max} of its own` : quickReplies.as,
      receipts,
      canStart ? 'yes' : 'no',
    ];
    const declared = channelKinds.map(async ({ kind }) => {
      const { capabilities } = (await import(`../channels/${kind}/capabilities.ts`)) as { capabilities: Capabilities };
      return row(kind, capabilities);
    });
    const table = rows.filter(([kind]) => channelKinds.some((one) => kind === `\`${one.kind}\``));
    expect(table).toEqual(await Promise.all(declared));
  });
});

describe('the packages', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];

  it('are pinned to exact versions', () => {
    const loose = kinds.flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
    );
    expect(loose).toEqual([]);
  });

  it('stand in the lockfile as they are pinned', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> };
    const differing = kinds.flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}).filter(
        ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
      ),
    );
    expect(differing).toEqual([]);
  });
});
