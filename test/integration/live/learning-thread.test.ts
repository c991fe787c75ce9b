import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { learnKnowledge, wordsFor } from '../../../src/knowledge/engine.ts';
import { findLearned } from '../../../src/live/kept-learning.ts';
import { createTeacher, type Teacher, type ThreadData } from '../../../src/live/learning.ts';
import { booking, brokenLesson, complaint, hours, lessonOf, lists } from './a-lesson.ts';

let teachers: Teacher[] = [];
afterEach(() => {
  for (const one of teachers) one.stop();
  teachers = [];
});
const begin = (data: Partial<ThreadData> = {}): Teacher => {
  const teacher = createTeacher({ lists, keptIn: null, ...data });
  teachers.push(teacher);
  return teacher;
};

describe('the learning thread', { timeout: 60_000 }, () => {
  it('learns what would be learned here', async () => {
    const lesson = lessonOf(hours, complaint, booking);
    const { articles, synonyms } = lesson;
    expect(await begin().learn(lesson)).toEqual(learnKnowledge(articles, wordsFor({ lists, synonyms })));
  });

  it('learns lessons in the order in which they came', async () => {
    const teacher = begin();
    const done: string[] = [];
    const lessons = [lessonOf(hours, complaint, booking), lessonOf(hours), lessonOf(complaint, booking)];
    const names = await Promise.all(
      lessons.map(async (lesson, at) => {
        const { ar } = await teacher.learn(lesson);
        done.push(`lesson ${at}`);
        return ar.bank.articles.map(({ id }) => id);
      }),
    );
    expect(done).toEqual(['lesson 0', 'lesson 1', 'lesson 2']);
    expect(names).toEqual([['booking', 'complaint', 'hours'], ['hours'], ['booking', 'complaint']]);
  });

  it('tells of a lesson that cannot be learned, and learns the next one', async () => {
    const teacher = begin();
    const broken = teacher.learn(brokenLesson());
    const next = teacher.learn(lessonOf(hours));
    await expect(broken).rejects.toThrow(/null/);
    expect((await next).ar.bank.articles).toHaveLength(1);
  });

  it('tells of a lesson that cannot even be handed over, and learns the next one', async () => {
    const teacher = begin();
    const odd = { ...lessonOf(hours), odd: () => undefined };
    await expect(teacher.learn(odd)).rejects.toThrow(/could not be cloned/);
    expect((await teacher.learn(lessonOf(hours))).ar.bank.articles).toHaveLength(1);
  });

  it('rejects what is being learned when it is stopped, and what comes after', async () => {
    const teacher = begin();
    const running = teacher.learn(lessonOf(hours, complaint));
    const waiting = teacher.learn(lessonOf(hours));
    const outcomes = Promise.allSettled([running, waiting]);
    // the thread has begun with the first one
    await Promise.resolve();
    await Promise.resolve();
    teacher.stop();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(teacher.learn(lessonOf(hours))).rejects.toThrow('Nothing is learned any more');
  });

  it('keeps what it learned where it is told to', async () => {
    const keptIn = mkdtempSync(join(tmpdir(), 'wasl-taught-'));
    try {
      const lesson = lessonOf(hours, complaint);
      const learned = await begin({ keptIn }).learn(lesson);
      expect(findLearned(keptIn, { ...lesson, lists })).toEqual(learned);
    } finally {
      rmSync(keptIn, { recursive: true, force: true });
    }
  });
});
