import { describe, expect, it } from 'vitest';
import { codeOf, openSimulator } from './open-simulator.ts';

const named = (text: string, parameter_name: string) => ({ type: 'text', text, parameter_name });

describe('templates', () => {
  it('are listed in pages, of every status and both languages', async () => {
    const { ask, account } = await openSimulator();
    const names: string[] = [];
    let path: string | undefined = `${account}/message_templates?limit=4&fields=name,language,status`;
    while (path) {
      const { body } = (await ask(path)) as unknown as {
        body: { data: { name: string; language: string; status: string }[]; paging?: { next?: string } };
      };
      expect(body.data.length).toBeLessThanOrEqual(4);
      names.push(...body.data.map(({ name, language, status }) => `${name} ${language} ${status}`));
      path = body.paging?.next;
    }
    expect(new Set(names).size).toBe(11);
    expect(names).toContain('ticket_update ar APPROVED');
    expect(names.join(' ')).toMatch(/PAUSED.*REJECTED.*PENDING.*DISABLED/);
  });

  it('are sent with the right places only', async () => {
    const { template } = await openSimulator();
    const header = { type: 'header', parameters: [named('1042', 'ticket')] };
    const body = (...parameters: unknown[]) => [header, { type: 'body', parameters }];
    const send = (components: unknown) => template('ticket_update', 'ar', components);
    expect((await send(body(named('سارة', 'name'), named('مغلقة', 'status')))).status).toBe(200);
    expect(codeOf(await send(body(named('سارة', 'name'))))).toBe(132000);
    expect(codeOf(await send(body(named('سارة', 'name'), { type: 'text', text: 'مغلقة' })))).toBe(100);
    expect(codeOf(await send([{ type: 'body', parameters: [named('سارة', 'name'), named('مغلقة', 'status')] }]))).toBe(
      132000,
    );
  });

  it('with numbered places and a link need both', async () => {
    const { template } = await openSimulator();
    const body = {
      type: 'body',
      parameters: [
        { type: 'text', text: 'سارة' },
        { type: 'text', text: 'صيانة' },
      ],
    };
    const url = { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'abc' }] };
    expect((await template('service_link', 'en', [body, url])).status).toBe(200);
    expect(codeOf(await template('service_link', 'en', [body]))).toBe(131008);
    expect(codeOf(await template('service_link', 'en', [body, { ...url, index: '1' }]))).toBe(132012);
  });

  it('are refused where unknown, in another language, paused, rejected or disabled', async () => {
    const { template } = await openSimulator();
    const codes = [];
    for (const [name, code] of [
      ['nothing', 'ar'],
      ['ticket_update', 'fr'],
      ['service_survey', 'ar'],
      ['season_offer', 'ar'],
      ['season_offer', 'en'],
      ['old_notice', 'ar'],
    ] as const) {
      codes.push(codeOf(await template(name, code)));
    }
    expect(codes).toEqual([132001, 132001, 132015, 132001, 132001, 132016]);
  });
});

describe('a change of a template', () => {
  it('is in the list at once and told by a webhook', async () => {
    const { simulator, template } = await openSimulator();
    expect((await template('conversation_resume', 'ar')).status).toBe(200);
    const told = simulator.changeTemplate('conversation_resume', 'ar', 'PAUSED');
    expect(told.change).toMatchObject({
      field: 'message_template_status_update',
      value: { event: 'PAUSED', message_template_name: 'conversation_resume', message_template_language: 'ar' },
    });
    expect(codeOf(await template('conversation_resume', 'ar'))).toBe(132015);
    expect((await template('conversation_resume', 'en')).status).toBe(200);
  });
});
