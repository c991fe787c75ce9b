import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { channelKinds } from '../channels/index.ts';
import type { Capabilities } from '../src/channel/capabilities.ts';
import { coreSettings, readSettings } from '../src/config.ts';
import { givenInboxes } from '../src/inbox/given-inboxes.ts';
import { type Language, languages } from '../src/language/language.ts';
import { noticeKinds } from '../src/notice/kinds.ts';
import { loadTemplates } from '../src/template/load.ts';
import { createRender } from '../src/template/template.ts';
import { ticketTypes } from '../src/ticket/types.ts';
import { closedHours, noticed, samples, type Values } from './said-samples.ts';
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
