import { setTimeout as wait } from 'node:timers/promises';
import { answeredStory, seeded, type Words } from './story.ts';
import { createVisitor, type Visitor } from './visitor.ts';

export interface Level {
  visitors: number;
  /** How long a person thinks between an answer and the next line, on average, in ms. */
  thinkMs: number;
  /** Answers to measure. */
  answers: number;
  /** No new line is written after this time, in ms. */
  withinMs?: number;
}

export interface Measured {
  /** Ms from a message to the first answer, in no order. */
  times: number[];
  /** Messages that got no answer within five seconds. */
  unanswered: number;
  perSecond: number;
}

const patienceMs = 5_000;

/** Sends a line; gives the ms until the first answer came, or null. */
async function ask(visitor: Visitor, next: { answered: () => void }, words: Words): Promise<number | null> {
  const began = performance.now();
  const answered = new Promise<number>((resolve) => {
    next.answered = () => resolve(performance.now() - began);
  });
  const acknowledged = visitor.send(words);
  const patience = new AbortController();
  const late = wait(patienceMs, null, { signal: patience.signal }).catch(() => null);
  const time = await Promise.race([answered, late]);
  patience.abort();
  await acknowledged;
  return time;
}

/** People who read each answer, think, and write the next line. */
export async function measure(url: string, level: Level): Promise<Measured> {
  const times: number[] = [];
  let [unanswered, left] = [0, level.answers];
  const people = Array.from({ length: level.visitors }, () => createVisitor(url, { remember: false }));
  await Promise.all(people.map((visitor) => visitor.connected()));
  const began = performance.now();
  const person = async (visitor: Visitor, at: number): Promise<void> => {
    const random = seeded(at);
    const lines = answeredStory(random);
    const next = { answered: (): void => undefined };
    visitor.onMessage((message) => message.direction === 'outbound' && next.answered());
    await wait(random() * level.thinkMs);
    while (left-- > 0 && performance.now() - began < (level.withinMs ?? Number.POSITIVE_INFINITY)) {
      const time = await ask(visitor, next, lines.next().value);
      if (time === null) unanswered += 1;
      else times.push(time);
      await wait(level.thinkMs * (0.5 + random()));
    }
  };
  await Promise.all(people.map(person));
  const perSecond = (times.length / (performance.now() - began)) * 1_000;
  for (const visitor of people) visitor.close();
  return { times, unanswered, perSecond };
}
