import type { QuickReply } from '../channel/outbound.ts';
import { scores } from './ask-rating.ts';
import { choice } from './context.ts';

type Title = (key: string) => string;

/** What a quick reply of a notice is called, by its id; null for one that is not known. */
function titleOf(id: string, title: Title): string | null {
  if (id === 'solved:yes') return title('solved-yes');
  if (id === 'solved:no') return title('solved-no');
  const rated = scores.find(({ score }) => id === `rate:${score}`);
  return rated ? title(`rate-${rated.name}`) : null;
}

/** The quick replies that go with a notice, each with the number of the ticket that it is about. */
export const noticeChoices = (ids: readonly string[], number: string, title: Title): QuickReply[] =>
  ids.flatMap((id) => {
    const said = titleOf(id, title);
    return said === null ? [] : [choice(`${id}:${number}`, said)];
  });
