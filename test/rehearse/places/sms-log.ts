import { Router } from 'express';
import { z } from 'zod';
import type { Cast } from '../cast.ts';
import type { News, Place, Stage } from '../place.ts';
import type { SmsLine } from './sms-line.ts';

/** A line of Wasl's log that stands for a text message: the number is masked but for its end. */
const logged = z.object({
  deliveryId: z.string(),
  to: z.string().regex(/^…\d+$/),
  parts: z.number(),
  text: z.string().optional(),
  time: z.string(),
  msg: z.literal('a text message that nobody gets'),
});

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

/** The text messages that Wasl only writes to its log. */
export interface SmsLogPlace extends Place {
  /** A line of the log; whether it was a text message to somebody in the rehearsal. */
  hear(line: string): boolean;
}

/** What stands in the log where its guard of people's words has taken a text away. */
const takenAway = '[hidden]';

const lineOf = ({ deliveryId, text = takenAway, parts, time }: z.infer<typeof logged>): SmsLine => ({
  id: deliveryId,
  by: 'service',
  at: Date.parse(time),
  text: text === takenAway ? '' : text,
  isHidden: text === takenAway,
  progress: 'logged',
  segments: parts,
  encoding: 'UCS-2',
});

export function createSmsLogPlace({ cast, stage }: { cast: Cast; stage: Stage }): SmsLogPlace {
  const lines: News[] = [];
  const state: News = { place: 'sms', kind: 'state', provider: 'log', canAnswer: false, reports: null, blocked: [] };
  return {
    name: 'sms',
    router: Router(),
    news: () => [state, ...lines],
    refresh: () => {},
    close: () => {},
    hear(line) {
      const parsed = logged.safeParse(parseJson(line));
      if (!parsed.success) return false;
      const ending = parsed.data.to.slice(1);
      const member = cast.all().find(({ phone }) => phone.endsWith(ending));
      if (!member) return false;
      const news: News = { place: 'sms', kind: 'line', phone: member.phone, line: lineOf(parsed.data) };
      lines.push(news);
      stage.tell(news);
      return true;
    },
  };
}
