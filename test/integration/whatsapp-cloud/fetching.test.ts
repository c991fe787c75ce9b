import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from '../../../channels/whatsapp-cloud/parse.ts';
import type { FileToSend } from '../../fakes/whatsapp-cloud/person.ts';
import { type OpenNumber, openNumber } from './number.ts';

const patient = () => AbortSignal.timeout(5_000);

describe('a file of the Cloud API', () => {
  let number: OpenNumber;
  beforeEach(async () => {
    number = await openNumber();
  });
  afterEach(() => number.close());

  /** The reference that the webhook of such a file leads to. */
  const referenceOf = (file: FileToSend): string => {
    const [post] = number.provider.webhook.pack([number.provider.person('966501112222').document(file)]);
    const { phoneNumberId, businessAccountId } = {
      phoneNumberId: number.provider.settings().WHATSAPP_CLOUD_PHONE_NUMBER_ID ?? '',
      businessAccountId: null,
    };
    const at = '2026-11-21T08:00:00.000Z';
    const { events } = parse(String(post?.raw), { inboxId: 'whatsapp-cloud', phoneNumberId, businessAccountId, at });
    const [event] = events;
    const reference = event?.event === 'message' ? event.attachments[0]?.reference : undefined;
    if (!reference) throw new Error('no reference');
    return reference;
  };

  const fetched = async (file: FileToSend) => {
    const given = await number.channel.fetchAttachment?.(referenceOf(file), patient());
    const chunks: Uint8Array[] = [];
    for await (const chunk of given?.from ?? []) chunks.push(chunk);
    return { ...given, from: Buffer.concat(chunks) };
  };

  it('is fetched whole, with what the provider says of it', async () => {
    const bytes = Buffer.alloc(2_000_000, 'abc');
    const { from, ...told } = await fetched({ bytes, filename: 'خطاب.pdf' });
    expect(told).toEqual({ type: 'application/pdf', name: 'خطاب.pdf', bytes: 2_000_000 });
    expect(from.equals(bytes)).toBe(true);
  });

  it('is asked for by its id also where the post told an address, since addresses live for minutes', async () => {
    const reference = referenceOf({ bytes: Buffer.from('x'), withUrl: true });
    const { id } = JSON.parse(reference) as { id: string };
    await number.channel.fetchAttachment?.(reference, patient());
    expect(number.provider.requests.some(({ path }) => path === `/${id}`)).toBe(true);
  });

  it('is fetched by its address alone where there is no id', async () => {
    const { url } = JSON.parse(referenceOf({ bytes: Buffer.from('bytes'), withUrl: true })) as { url: string };
    const given = await number.channel.fetchAttachment?.(JSON.stringify({ url, mime: 'image/png' }), patient());
    expect(given).toMatchObject({ type: 'image/png', bytes: 5 });
  });

  it.each(['host', 'redirect'] as const)('never shows the token to another host: %s', async (astray) => {
    await expect(fetched({ bytes: Buffer.from('x'), astray })).rejects.toMatchObject({ code: 'rejected' });
    expect(number.provider.elsewhere.headers).toEqual([]);
  });

  it('is given up where it is too large, before it is fetched', async () => {
    const lies = { file_size: 200 * 1024 * 1024 };
    await expect(fetched({ bytes: Buffer.from('x'), lies })).rejects.toMatchObject({ code: 'rejected' });
    expect(number.provider.requests.some(({ path }) => path.startsWith('/whatsapp-files'))).toBe(false);
  });

  it('is given up where the provider does not have it any more', async () => {
    const reference = referenceOf({ bytes: Buffer.from('x') });
    number.provider.media.expire((JSON.parse(reference) as { id: string }).id);
    await expect(number.channel.fetchAttachment?.(reference, patient())).rejects.toMatchObject({
      code: 'rejected',
      retryable: false,
    });
  });

  it.each([
    [503, 'unreachable'],
    [130429, 'throttled'],
    ['reset', 'timed-out'],
  ] as const)('is fetched later where the provider fails with %s', async (fault, code) => {
    number.provider.failNext(fault, 1, { on: 'media' });
    await expect(fetched({ bytes: Buffer.from('x') })).rejects.toMatchObject({ code, retryable: true });
  });

  it('tells that the token is refused, as a sending does', async () => {
    number.provider.failNext(190, 1, { on: 'media' });
    await expect(fetched({ bytes: Buffer.from('x') })).rejects.toMatchObject({ code: 'unreachable' });
    expect(number.channel.state()).toMatchObject({ state: 'bad-credentials', reason: expect.any(String) });
  });

  it.each(['', '{}', 'null', '{"id":5}', '{"url":"file:///etc/passwd"}', '{"url":"not an address"}'])(
    'is given up where the reference is %s',
    async (reference) => {
      await expect(number.channel.fetchAttachment?.(reference, patient())).rejects.toMatchObject({ code: 'rejected' });
    },
  );
});
