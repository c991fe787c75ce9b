import { basename } from 'node:path';
import { z } from 'zod';
import { type Fault, readTogether, throwFaults } from '../content/content-error.ts';
import { splitFrontMatter } from '../content/front-matter.ts';
import { splitLanguages } from '../content/language-sections.ts';
import { type ParsedYaml, parseYaml } from '../content/parse-yaml.ts';
import { listContent, readContent } from '../content/read-content.ts';
import { type LocalText, languages } from '../language/language.ts';
import { type Article, article } from './article.ts';

const frontMatter = z.object({
  status: article.shape.status,
  title: article.shape.title,
  service: article.shape.service,
  department: article.shape.departmentId,
  outside: article.shape.outside,
  phrasings: article.shape.phrasings,
});
type Front = ParsedYaml<z.output<typeof frontMatter>>;

/** What an article may point to; `loadOrganisation` gives it. */
export interface ArticleTargets {
  services: readonly { id: string }[];
  departments: readonly { id: string }[];
}

function nameFaults(path: string, id: string): Fault[] {
  if (article.shape.id.safeParse(id).success) return [];
  const message = `The file name "${id}" cannot be an id: use letters, digits, hyphens, underscores and dots.`;
  return [{ file: path, line: 1, message }];
}

function languageFaults(front: Front, body: LocalText, bodyFault: (message: string) => Fault): Fault[] {
  if (Object.keys(front.value.title).length === 0) {
    return [front.fault(['title'], 'The article has no title: write "ar:" or "en:", or both, below "title:".')];
  }
  return languages.flatMap((language) => {
    const { title, phrasings } = front.value;
    if (title[language] && !body[language])
      return [
        bodyFault(`The section <!-- ${language} --> is missing: the title has this language, so write its answer.`),
      ];
    const named = body[language] ?? phrasings[language];
    return named && !title[language] ? [front.fault(['title'], `"title.${language}" is missing: add it.`)] : [];
  });
}

function targetFaults(front: Front, targets: ArticleTargets): Fault[] {
  const named = [
    { field: 'service', id: front.value.service, known: targets.services },
    { field: 'department', id: front.value.department, known: targets.departments },
  ];
  return named.flatMap(({ field, id, known }) =>
    !id || known.some((entry) => entry.id === id)
      ? []
      : [
          front.fault(
            [field],
            `There is no ${field} "${id}": correct it or remove the field. Known: ${known.map((entry) => entry.id).join(', ')}.`,
          ),
        ],
  );
}

async function loadArticle(path: string, targets: ArticleTargets | undefined): Promise<Article> {
  const { front, frontLine, body, bodyLine } = splitFrontMatter(path, await readContent(path));
  const id = basename(path, '.md');
  const [fields, texts] = await readTogether([
    (async () => parseYaml(path, front, frontMatter, frontLine))(),
    (async () => splitLanguages(path, body, bodyLine))(),
  ]);
  throwFaults([
    ...nameFaults(path, id),
    ...languageFaults(fields, texts, (message) => ({ file: path, line: bodyLine, message })),
    ...(targets ? targetFaults(fields, targets) : []),
  ]);
  const { department, ...rest } = fields.value;
  return { id, ...rest, departmentId: department, body: texts };
}

/**
 * Reads every `*.md` of a directory as an article, in the order of file names; the name without `.md` is the id. With
 * `targets`, services and departments that do not exist are faults. All faults of all files are thrown in one
 * ContentError, each with file and line.
 */
export async function loadArticles(directory: string, targets?: ArticleTargets): Promise<Article[]> {
  const paths = await listContent(directory, '.md');
  return readTogether(paths.map((path) => loadArticle(path, targets)));
}
