import { afterEach, describe, expect, it } from 'vitest';
import { defaultTemplates } from '../../fakes/whatsapp-cloud/default-templates.ts';
import { anOutbound, type OpenNumber, openNumber } from './number.ts';

describe('the templates of a business account', () => {
  let number: OpenNumber;
  afterEach(() => number.close());

  it('are listed with their places, examples and whether they may be sent', async () => {
    number = await openNumber();
    const templates = (await number.channel.templates?.()) ?? [];
    expect(templates).toHaveLength(defaultTemplates.length);
    expect(templates[0]).toEqual({
      name: 'ticket_update',
      language: 'ar',
      category: 'utility',
      status: 'approved',
      parts: [
        { part: 'header', text: 'تحديث التذكرة {{ticket}}' },
        { part: 'body', text: expect.stringContaining('{{status}}') },
        { part: 'footer', text: 'خدمة المستفيدين' },
        { part: 'button', text: 'التحدث إلى موظف' },
      ],
      variables: [
        { part: 'header', name: 'ticket', example: '1042' },
        { part: 'body', name: 'name', example: 'سارة' },
        { part: 'body', name: 'status', example: 'قيد التنفيذ' },
      ],
    });
    expect(templates.find(({ name }) => name === 'service_link')?.variables).toEqual([
      { part: 'body', name: '1', example: 'سارة' },
      { part: 'body', name: '2', example: 'طلب صيانة' },
      { part: 'button', name: 'url-0', example: 'abc' },
    ]);
    expect([...new Set(templates.map(({ status }) => status))].sort()).toEqual([
      'approved',
      'disabled',
      'paused',
      'pending',
      'rejected',
    ]);
  });

  it('are read to the last page', async () => {
    const [first] = defaultTemplates;
    if (!first) throw new Error('no template');
    const many = Array.from({ length: 250 }, (_, at) => ({ ...first, id: `${at}`, name: `t_${at}` }));
    number = await openNumber({ provider: { templates: many } });
    const names = (await number.channel.templates?.())?.map(({ name }) => name);
    expect(names).toEqual(many.map(({ name }) => name));
  });

  it('with all places filled as listed are sent as the provider wants them', async () => {
    number = await openNumber();
    const approved = ((await number.channel.templates?.()) ?? []).filter(({ status }) => status === 'approved');
    expect(approved.length).toBeGreaterThan(3);
    for (const { name, language, variables } of approved) {
      const parameters = variables.map(({ part, name: place, example }) => ({
        part,
        name: place,
        value: example || 'x',
      }));
      await number.channel.send(anOutbound({ template: { name, language, parameters } }), AbortSignal.timeout(5_000));
    }
    expect(number.provider.sent).toHaveLength(approved.length);
  });

  it('fail as a sending would', async () => {
    number = await openNumber();
    number.provider.failNext(190, 1, { on: 'templates' });
    await expect(number.channel.templates?.()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('are none where the business account is not told', async () => {
    number = await openNumber({ settings: { WHATSAPP_CLOUD_WABA_ID: '' } });
    expect(number.channel.templates).toBeUndefined();
    expect(number.channel.capabilities.templates).toBe(false);
  });
});
