import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachments } from '../../../src/message/message.ts';
import { referrals } from '../../../src/referral/referral.ts';
import { surveys } from '../../../src/survey/survey.ts';
import { buildWeb } from '../../../src/web/build.ts';
import { projectRoot } from '../../../src/web/build-stamp.ts';
import { type OutsideGateway, openOutsideGateway } from './outside-gateway.ts';

const api = '/api/v1';
const yesterday = new Date(Date.now() - 86_400_000).toISOString();

let wasl: OutsideGateway;
beforeAll(async () => {
  await buildWeb({ root: projectRoot, force: false, only: ['assets'], report: () => undefined });
  wasl = await openOutsideGateway();
});
afterAll(() => wasl.close());

const forged = `survey.${'0'.repeat(32)}`;
const asForm = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });
const closedTicket = async () => {
  const { number } = await wasl.aTicket();
  return wasl.step(number, 'close');
};

describe('a survey by its link', () => {
  const answer = (token: string, body: object) => wasl.ask('POST', `${api}/survey/${token}`, body);

  it('takes both scores and a comment, once, and has them in the ledger', async () => {
    const ticket = await closedTicket();
    const { id, token } = await wasl.aSurvey(ticket);
    const before = await wasl.ask('GET', `${api}/survey/${token}`);
    expect(before.body).toMatchObject({ state: 'waiting', ticketNumber: ticket.number, service: null });
    const { status, body } = await answer(token, { service: 4, employee: 5, comment: 'شكرًا' });
    expect([status, body]).toMatchObject([200, { state: 'answered', service: 4, employee: 5, mayAdd: false }]);
    expect(await wasl.gateway.store.get(surveys, id)).toMatchObject({
      service: 4,
      employee: 5,
      comment: 'شكرًا',
      nextAt: null,
    });
    expect((await wasl.ticket(ticket.number)).satisfaction).toBe(4);
    const events = await wasl.ask('GET', `${api}/tickets/${ticket.number}/events?limit=200`);
    const rated = events.body.items.find((one: { change: { kind: string } }) => one.change.kind === 'rated');
    expect(rated).toMatchObject({ actor: { kind: 'contact' }, change: { score: 4, employee: 5, comment: 'شكرًا' } });
    expect((await answer(token, { service: 1 })).status).toBe(409);
    expect((await answer(token, { comment: 'مرة أخرى' })).status).toBe(409);
  });

  it('takes the score first, and once what goes beside it', async () => {
    const { token } = await wasl.aSurvey(await closedTicket());
    expect((await answer(token, { comment: 'قبل التقييم' })).status).toBe(400);
    expect((await answer(token, { service: 5 })).body).toMatchObject({ mayAdd: true, mayReopen: false });
    expect((await answer(token, { service: 5 })).status).toBe(409);
    expect((await answer(token, {})).status).toBe(400);
    expect((await answer(token, { employee: 3 })).body).toMatchObject({ service: 5, employee: 3, mayAdd: false });
    expect((await answer(token, { employee: 3 })).status).toBe(409);
  });

  it.each([{ service: 6 }, { service: 0 }, { service: 4.5 }, { service: '5' }, { service: 5, more: 1 }])(
    'refuses %j',
    async (body) => {
      const { token } = await wasl.aSurvey(await closedTicket());
      expect((await answer(token, body)).status).toBe(400);
    },
  );

  it('opens the ticket again for somebody else where the person says that it is not solved', async () => {
    const ticket = await closedTicket();
    const { token } = await wasl.aSurvey(ticket);
    expect((await answer(token, { service: 2 })).body).toMatchObject({ mayReopen: true });
    const { body } = await answer(token, { comment: 'لم يُحل شيء', reopen: true });
    expect(body).toMatchObject({ reopened: true, mayReopen: false });
    expect(await wasl.ticket(ticket.number)).toMatchObject({
      status: 'open',
      counts: { unsatisfied: 1 },
      satisfaction: 2,
    });
    expect(await wasl.kinds(ticket.number)).toContain('unsatisfied');
  });

  it('opens nothing again after a good score', async () => {
    const { token } = await wasl.aSurvey(await closedTicket());
    expect((await answer(token, { service: 4, reopen: true })).status).toBe(422);
  });

  it('leads nowhere where it was forged, has ended, or was never sent', async () => {
    const ticket = await closedTicket();
    const old = await wasl.aSurvey(ticket, { expiresAt: yesterday });
    const unsent = await wasl.aSurvey(ticket, { sentAt: null });
    const skipped = await wasl.aSurvey(ticket, { state: 'skipped', skipReason: 'reopened' });
    const codes = [404, 410, 404, 410];
    for (const [place, token] of [forged, old.token, unsent.token, skipped.token].entries()) {
      expect((await wasl.ask('GET', `${api}/survey/${token}`)).status).toBe(codes[place]);
      expect((await answer(token, { service: 5 })).status).toBe(codes[place]);
      expect((await wasl.look(`/survey/${token}`)).status).toBe(codes[place]);
    }
  });

  it('is answered on its page without a script: a tap, then what is added', async () => {
    const { id, token } = await wasl.aSurvey(await closedTicket());
    const page = await wasl.look(`/survey/${token}`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.html).toMatch(/<html lang="ar" dir="rtl">/);
    expect(page.html).not.toContain('<script');
    expect((await wasl.look(`/survey/${token}?lang=en`)).html).toContain('How was our service?');
    const tapped = await wasl.look(`/survey/${token}?lang=en`, asForm({ service: '5' }));
    expect([tapped.status, tapped.headers.get('location')]).toEqual([303, `${token}?lang=en`]);
    // a tap that came twice is one; another score is none any more
    expect((await wasl.look(`/survey/${token}`, asForm({ service: '5' }))).status).toBe(303);
    expect((await wasl.look(`/survey/${token}`, asForm({ service: '1' }))).status).toBe(409);
    for (const comment of [' ', '\u200b', '\u0000'])
      expect((await wasl.look(`/survey/${token}`, asForm({ comment }))).status).toBe(400);
    const added = await wasl.look(`/survey/${token}`, asForm({ employee: '4', comment: 'سطر\r\nآخر' }));
    expect(added.status).toBe(303);
    expect(await wasl.gateway.store.get(surveys, id)).toMatchObject({ service: 5, employee: 4, comment: 'سطر\nآخر' });
  });

  it('is listed for supervisors by when it was sent, and of a ticket with why it was not', async () => {
    const { number } = await wasl.aTicket();
    await wasl.step(number, 'reject', { reason: 'خارج الاختصاص' });
    const ofTicket = await wasl.ask('GET', `${api}/surveys?ticketNumber=${number}`);
    expect(ofTicket.body.items).toMatchObject([{ state: 'skipped', skipReason: 'rejected', sentAt: null }]);
    const sent = await wasl.aSurvey(await closedTicket());
    const from = new Date(Date.now() - 60_000).toISOString();
    const listed = await wasl.ask('GET', `${api}/surveys?from=${from}`);
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toContain(sent.id);
    expect((await wasl.ask('GET', `${api}/surveys?to=${from}`)).body.items).toEqual([]);
  });
});

describe('a referral by its link', () => {
  const subject = 'الخط مقطوع، جوالي 0551234567 وبريدي sara@example.net';
  const referred = async (consent = false) => {
    const { number } = await wasl.aTicket({ subject });
    await wasl.step(number, 'refer', { bodyId: 'telecom', text: 'نأمل فحص الخط', consent });
    const { body } = await wasl.ask('GET', `${api}/tickets/${number}/referrals`);
    const { link, id } = body.items[0];
    return { number, id, token: new URL(link).pathname.split('/').at(-1) ?? '' };
  };
  const answer = (token: string, body: object) => wasl.ask('POST', `${api}/refer/${token}`, body);
  const upload = async (token: string, name: string, type: string, bytes: string | Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.append('file', new Blob([bytes], { type }), name);
    const response = await fetch(`${wasl.url}${api}/refer/${token}/files`, { method: 'POST', body: form });
    return { status: response.status, body: await response.json() };
  };

  it('shows the matter masked, and the person only where they agreed', async () => {
    const { number, token } = await referred();
    const { body } = await wasl.ask('GET', `${api}/refer/${token}`);
    expect(body).toMatchObject({ state: 'waiting', ticketNumber: number, bodyId: 'telecom', answeredAt: null });
    expect(body.matter).toMatchObject({
      asked: 'نأمل فحص الخط',
      words: ['الخط مقطوع، جوالي … وبريدي …'],
      person: null,
    });
    const agreed = await referred(true);
    expect((await wasl.ask('GET', `${api}/refer/${agreed.token}`)).body.matter.person).not.toBeNull();
    const page = await wasl.look(`/refer/${token}`);
    expect(page.html).toContain('مزود خدمة الاتصالات');
    expect(page.html).not.toMatch(/0551234567|sara@example/);
  });

  it('shows nothing of the words of a restricted matter but what staff ask', async () => {
    const { number, token } = await referred();
    await wasl.step(number, 'restrict', { restricted: true });
    const { body } = await wasl.ask('GET', `${api}/refer/${token}`);
    expect(body.matter).toMatchObject({ asked: 'نأمل فحص الخط', words: [] });
  });

  it('has the answer and its files in the ticket, which goes on; once', async () => {
    const { number, token, id } = await referred();
    expect(await wasl.ticket(number)).toMatchObject({ status: 'pending_third_party', referralId: id });
    const file = await upload(token, 'تقرير.txt', 'text/plain', 'أُصلح');
    expect(file).toMatchObject({ status: 201, body: { name: 'تقرير.txt', type: 'text/plain' } });
    const { status, body } = await answer(token, { text: 'أُصلح الخط', attachmentIds: [file.body.id] });
    expect([status, body]).toMatchObject([200, { state: 'answered', matter: null }]);
    expect(await wasl.ticket(number)).toMatchObject({ status: 'new', referralId: null });
    const { body: of } = await wasl.ask('GET', `${api}/tickets/${number}/referrals`);
    expect(of.items[0]).toMatchObject({
      state: 'answered',
      link: null,
      answer: { text: 'أُصلح الخط', attachments: [file.body] },
    });
    const bytes = await wasl.ask('GET', `${api}/attachments/${file.body.id}`);
    expect([bytes.status, bytes.body]).toEqual([200, 'أُصلح']);
    expect((await wasl.gateway.store.get(attachments, file.body.id))?.expiresAt).toBeNull();
    expect((await answer(token, { text: 'مرة أخرى' })).status).toBe(409);
    expect((await upload(token, 'b.txt', 'text/plain', 'b')).status).toBe(409);
    expect((await wasl.look(`/refer/${token}`)).html).not.toContain('نأمل فحص الخط');
  });

  it('refuses files of other kinds, more than five, and those of others', async () => {
    const { token } = await referred();
    expect((await upload(token, 'a.exe', 'application/x-msdownload', new Uint8Array([77, 90, 144, 0]))).status).toBe(
      400,
    );
    for (let count = 0; count < 5; count++) expect((await upload(token, 'a.txt', 'text/plain', 'a')).status).toBe(201);
    expect((await upload(token, 'a.txt', 'text/plain', 'a')).status).toBe(422);
    const other = await referred();
    const theirs = await upload(other.token, 'c.txt', 'text/plain', 'c');
    expect((await answer(token, { text: 'هذا', attachmentIds: [theirs.body.id] })).status).toBe(400);
    expect((await answer(token, { text: ' ' })).status).toBe(400);
  });

  it('refuses forms without a boundary, and answers of which nothing is seen', async () => {
    const { token } = await referred();
    const broken = { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body: 'x' };
    expect((await wasl.look(`${api}/refer/${token}/files`, broken)).status).toBe(400);
    expect((await wasl.look(`/refer/${token}`, broken)).status).toBe(400);
    for (const text of ['\u200b', '\u202e', 'a\u0000']) expect((await answer(token, { text })).status).toBe(400);
  });

  it('leads nowhere where it was forged, withdrawn or has ended', async () => {
    const withdrawn = await referred();
    await wasl.step(withdrawn.number, 'withdraw-referral');
    expect(await wasl.ticket(withdrawn.number)).toMatchObject({ status: 'new', referralId: null });
    const old = await referred();
    await wasl.gateway.store.write([{ op: 'update', in: referrals, id: old.id, set: { expiresAt: yesterday } }]);
    const codes = [404, 410, 410];
    for (const [place, token] of [forged, withdrawn.token, old.token].entries()) {
      expect((await wasl.ask('GET', `${api}/refer/${token}`)).status).toBe(codes[place]);
      expect((await answer(token, { text: 'متأخر' })).status).toBe(codes[place]);
      expect((await upload(token, 'a.txt', 'text/plain', 'a')).status).toBe(codes[place]);
      expect((await wasl.look(`/refer/${token}`)).status).toBe(codes[place]);
    }
  });

  const send = (token: string, fields: Record<string, string>, files: [name: string, content: string][] = []) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    for (const [name, content] of files) body.append('files', new Blob([content], { type: 'text/plain' }), name);
    return wasl.look(`/refer/${token}?lang=en`, { method: 'POST', body });
  };

  it('is answered on its page without a script; what is wrong is said, and what was written stays', async () => {
    const { number, token } = await referred();
    const empty = await send(token, { text: ' ' }, [['a.txt', 'a']]);
    expect([empty.status, empty.html]).toEqual([400, expect.stringContaining('Write the answer before you send it.')]);
    expect(empty.html).toContain('a.txt');
    const odd = await send(token, { text: 'half "done" <b>' }, [['b.txt', '\u0000\u0001\u0002']]);
    expect([odd.status, odd.html]).toEqual([400, expect.stringContaining('half &quot;done&quot; &lt;b&gt;')]);
    expect((await send(token, { text: 'fixed' }, [['c.txt', 'c']])).status).toBe(303);
    const { body } = await wasl.ask('GET', `${api}/tickets/${number}/referrals`);
    expect(body.items[0].answer.attachments.map(({ name }: { name: string }) => name)).toEqual(['a.txt', 'c.txt']);
    expect((await send(token, { text: 'again' })).status).toBe(409);
  });
});
