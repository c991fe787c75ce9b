import { describe, expect, it } from 'vitest';
import { channelKinds } from '../../../channels/index.ts';
import { kindForms } from '../../../src/inbox/kind-fields.ts';
import { partFields } from '../../../src/web/console/inboxes/part-fields.ts';

describe('the form of an inbox', () => {
  it('shows the business account of WhatsApp at once, as there are no templates without it', () => {
    const cloud = kindForms(channelKinds).find(({ channel }) => channel === 'whatsapp-cloud');
    const { first, further } = partFields(cloud!);
    expect(first.map(({ name }) => name)).toEqual([
      'PHONE_NUMBER_ID',
      'WABA_ID',
      'ACCESS_TOKEN',
      'APP_SECRET',
      'VERIFY_TOKEN',
    ]);
    expect(further.map(({ name }) => name)).toEqual(['BASE_URL', 'MEDIA_HOSTS', 'PER_SECOND']);
  });

  it('shows every setting of every kind once, and those that are needed at once', () => {
    for (const kind of kindForms(channelKinds)) {
      const { first, further } = partFields(kind);
      expect([...first, ...further].map(({ name }) => name).toSorted()).toEqual(
        kind.fields.map(({ name }) => name).toSorted(),
      );
      expect(further.filter(({ required }) => required)).toEqual([]);
    }
  });
});
