import { beforeEach, describe, expect, it } from 'vitest';
import { deliveries } from '../../../src/message/message.ts';
import { lettersForEach } from './open-letters.ts';

const { conversationOf, flow, send, stored, ticketsOf } = lettersForEach();

describe('threads', () => {
  const reply = { subject: 'Re: سؤال', words: 'هل من جديد في هذا الموضوع؟ ما زال الجهاز معطلاً' };

  beforeEach(async () => {
    await send({ id: '<a@x>', words: 'جهاز العرض في القاعة 12 لا يعمل' });
  });

  const ourDelivery = async () => (await flow().store.find(deliveries, { index: 'by-status', where: {} })).items[0];

  it('go on by the ids that a mail names, in either direction', async () => {
    const delivery = await ourDelivery();
    await send({ id: '<b@x>', ...reply, subject: 'شيء آخر', references: ['<unknown@x>', '<a@x>'] });
    await send({ id: '<c@x>', ...reply, subject: 'شيء ثالث', references: [delivery?.externalId ?? ''] });
    await send({ id: '<d@x>', ...reply, subject: 'شيء رابع', references: [delivery?.id ?? ''] });
    const first = await conversationOf('<a@x>');
    for (const id of ['<b@x>', '<c@x>', '<d@x>']) expect((await conversationOf(id)).id).toBe(first.id);
    expect((await stored('<c@x>')).ticketNumber).toBe(first.openTicket);
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('go on by a token, by the number of an own ticket in the subject, and by the subject of a reply', async () => {
    const first = await conversationOf('<a@x>');
    await send({ id: '<b@x>', ...reply, subject: 'جديد', provenKey: first.key });
    await send({ id: '<c@x>', ...reply, subject: `متابعة ${first.openTicket}` });
    await send({ id: '<d@x>', ...reply, subject: 'رد: سؤال' });
    for (const id of ['<b@x>', '<c@x>', '<d@x>']) expect((await conversationOf(id)).id).toBe(first.id);
  });

  it('begin anew under an equal subject that is no reply, and under another subject', async () => {
    const first = await conversationOf('<a@x>');
    await send({ id: '<b@x>', subject: 'سؤال', words: 'أريد شهادة تعريف بالراتب من فضلكم' });
    await send({ id: '<c@x>', subject: 'Re: غيره', words: 'أريد شهادة تعريف بالراتب اليوم' });
    for (const id of ['<b@x>', '<c@x>']) expect((await conversationOf(id)).id).not.toBe(first.id);
  });

  it('let nobody into the conversation of another, whatever they know', async () => {
    const first = await conversationOf('<a@x>');
    const delivery = await ourDelivery();
    const known = { references: ['<a@x>', delivery?.externalId ?? '', delivery?.id ?? ''], provenKey: first.key };
    const [answer] = await send({
      id: '<z@x>',
      from: 'eve@example.net',
      ...reply,
      ...known,
      subject: `Re: ${first.openTicket}`,
    });
    const other = await conversationOf('<z@x>');
    expect(other.id).not.toBe(first.id);
    expect(other.contactId).not.toBe(first.contactId);
    expect(answer?.text).not.toContain(String(first.openTicket));
  });

  it('keep two mails that came under one Message-ID, and one mail that came twice once', async () => {
    const one = { id: '<same@x>', words: 'أول رسالة عن موضوع ما', digest: 'aaaaaaaaaaaa1' };
    await send(one);
    expect(await send(one)).toEqual([]);
    await send({ ...one, words: 'رسالة ثانية عن موضوع آخر', digest: 'bbbbbbbbbbbb2' });
    await send({ ...one, words: 'رسالة ثانية عن موضوع آخر', digest: 'bbbbbbbbbbbb2' });
    const { id } = await conversationOf('<same@x>');
    const inbound = (await flow().all(id)).filter(({ direction }) => direction === 'inbound');
    expect(inbound.map(({ text }) => text)).toEqual(['أول رسالة عن موضوع ما', 'رسالة ثانية عن موضوع آخر']);
    expect(flow().channel.sent.at(-1)?.letter?.inReplyTo).toBe('<same@x>');
  });
});
