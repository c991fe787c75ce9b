import { describe, expect, it } from 'vitest';
import { toneOf } from '../../../src/flow/responders/tone.ts';
import { shippedUnderstanding } from './shipped.ts';

const { understand } = await shippedUnderstanding();

describe('somebody who may come to harm by their own hand', () => {
  it.each([
    'احس اني بأذي نفسي بسبب الضغط',
    'راح أذي نفسي',
    'أفكر بالانتحار',
    'ابغى اموت خلاص',
    'ما عاد ابي اعيش',
    'كرهت حياتي',
    'I want to die',
    'I might harm myself',
    "I don't want to live anymore",
  ])('is heard in %j', (text) => {
    expect(toneOf(understand(text))).toBe('danger');
  });

  it.each([
    'أفكر أقدم على الترقية',
    'ما أقدر أدخل القاعة',
    'تعبت من الانتظار',
    'أبي أعيش في سكن الطلاب',
    'I want to book a hall',
    'حياتي الجامعية بدأت',
  ])('is not read into %j', (text) => {
    expect(toneOf(understand(text))).not.toBe('danger');
  });
});
