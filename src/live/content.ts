import type { SaidArticle } from '../content/said-article.ts';
import type { Knowledge } from '../knowledge/engine.ts';
import type { Language } from '../language/language.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Render } from '../template/template.ts';
import type { Understanding } from '../understanding/understanding.ts';

/** All that is loaded from the organisation's content, always as it stands now. */
export interface Content {
  organisation(): OrganisationSnapshot;
  render(): Render;
  understand(text: string): Understanding;
  knowledge(): Knowledge;
  article(id: string, language: Language): SaidArticle | null;
}
