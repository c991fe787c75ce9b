import { expect, it } from 'vitest';
import { subjectsShown } from '../../../src/web/console/conversation/letter-subjects.ts';
import { aMessage } from './a-message.ts';

const shown = (...subjects: (string | null)[]) =>
  [...subjectsShown(subjects.map((subject, at) => aMessage({ seq: at, id: String(at), subject })))].map(Number);

it('says a subject at the first letter and wherever the matter is another', () => {
  expect(shown('طلب شهادة', 'رد: طلب شهادة', 'Re: RE: طلب شهادة', 'موعد')).toEqual([0, 3]);
  expect(shown('Leave', 'Fwd: leave', 'رد: إعادة توجيه: Leave', 'Salary', 'Leave')).toEqual([0, 3, 4]);
});

it('says none at what is no letter, and goes on behind it', () => {
  expect(shown(null, 'Leave', null, 'Re: Leave')).toEqual([1]);
  expect(shown('', '')).toEqual([0]);
});
