import { z } from 'zod';
import type { TicketChange } from '../../ticket/events.ts';
import { outcome } from '../../ticket/types.ts';
import { datesToTell, drafted, needsApproval, requireAnswered, requireOwnVoice, solvedChoices } from '../answer.ts';
import { acceptingOnTheWay, referenceIn } from '../conditions.ts';
import { step } from '../declare.ts';
import { note, noted, words } from '../given.ts';

/**
 * The person is told the result, whether it could be done or not, and asked whether it is solved (WF-06, WF-11). Words that
 * need approval are written down and wait; the ticket is resolved when they were sent.
 */
export const resolve = step({
  name: 'resolve',
  summary: 'Resolve a ticket with its outcome; its person is told, and asked whether it is solved',
  given: z.strictObject({
    outcome: outcome.default('done'),
    text: words().optional().meta({
      description:
        'The answer to the person. Needed where a department or an outside body had the ticket, or where it could not be done, and the person was not answered since. Where such an answer needs approval it waits for that; the ticket is resolved when it is approved.',
    }),
    note,
  }),
  other: (_given, { ticket, organisation }) => referenceIn(organisation, ticket),
  take(scene, by, given) {
    requireOwnVoice(scene.ticket);
    const text = given.text?.trim();
    const accepting = acceptingOnTheWay(scene, by);
    if (text !== undefined && needsApproval(scene.organisation, scene.ticket))
      return drafted(scene, by, { text, resolves: given.outcome, note: given.note?.trim() });
    if (text === undefined) requireAnswered(scene, given.outcome);
    const said: TicketChange[] = text === undefined ? [] : [{ kind: 'replied', text }];
    return {
      changes: [...accepting, ...said, { kind: 'resolved', outcome: given.outcome, ...noted(given.note) }],
      news: {
        kind: 'resolved',
        values: {
          ...(text === undefined ? {} : { text }),
          ...datesToTell(scene.ticket),
          choices: solvedChoices,
        },
      },
    };
  },
});
