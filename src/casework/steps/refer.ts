import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { keyed } from '../../ids.ts';
import { inLanguage } from '../../language/language.ts';
import type { OutsideBody } from '../../organisation/casework.ts';
import { maskedWords } from '../../referral/masked-words.ts';
import { type Referral, referrals, timed } from '../../referral/referral.ts';
import { step } from '../declare.ts';
import { note, words } from '../given.ts';
import { later } from '../later.ts';
import type { Actor, CaseScene } from '../scene.ts';

function bodyOf({ organisation }: CaseScene, id: string): OutsideBody {
  const { bodies } = organisation.casework;
  const found = bodies.find((one) => one.id === id);
  if (found) return found;
  const known = bodies.map((one) => one.id).join(', ') || 'none';
  throw new WaslError('invalid', `body.bodyId: there is no outside body "${id}". There are: ${known}.`);
}

interface Asked {
  body: OutsideBody;
  text: string;
  consent: boolean;
}

function referralOf(
  { ticket, now, cause, organisation }: CaseScene,
  by: Actor,
  { body, text, consent }: Asked,
): Referral {
  const { due, remind, expires } = organisation.casework.times.referral;
  return timed({
    id: keyed('referral', ticket.number, cause),
    version: 1,
    ticketNumber: ticket.number,
    bodyId: body.id,
    text: consent ? text.trim() : maskedWords(text, []),
    consent,
    by: by.id,
    at: now,
    remindAt: later(organisation, now, remind),
    dueAt: later(organisation, now, due),
    expiresAt: later(organisation, now, expires),
    remindedAt: null,
    lateAt: null,
    state: 'waiting',
    mail: body.email ? 'waiting' : 'none',
    mailAt: body.email ? now : null,
    tries: 0,
    files: [],
    answer: null,
  });
}

/** An outside body is asked; the ticket waits for it, on a clock of its own (WF-07, WF-08, WF-10). */
export const refer = step({
  name: 'refer',
  summary: 'Refer a case to an outside body: it answers by a link of its own, and the case waits meanwhile',
  given: z.strictObject({
    bodyId: z.string().min(1).max(100),
    text: words().meta({
      description:
        'What the body is asked; it reads these words as they are, without phones, numbers of papers and addresses where the person did not agree.',
    }),
    consent: z
      .boolean()
      .default(false)
      .meta({ description: 'The person agreed that the body is given their name and number.' }),
    note,
  }),
  take(scene, by, given) {
    const body = bodyOf(scene, given.bodyId);
    const referral = referralOf(scene, by, { body, text: given.text, consent: given.consent });
    const noted = given.note === undefined ? [] : [{ kind: 'noted' as const, text: given.note.trim() }];
    const { id: referralId, bodyId, consent } = referral;
    return {
      changes: [{ kind: 'referred', referralId, bodyId, consent }, ...noted],
      news: {
        kind: 'referred',
        values: { other: inLanguage(body.name, scene.ticket.language), expectedAt: referral.dueAt },
      },
      ops: [{ op: 'insert', in: referrals, document: referral, onDuplicate: 'keep' }],
    };
  },
});
