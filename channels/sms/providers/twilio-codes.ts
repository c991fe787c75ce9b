import type { Meaning } from './provider.ts';
import { common } from './refuse.ts';

export const title = 'Twilio';

const rejected = (says: string): Meaning => ({ code: 'rejected', says });
const sender = common.sender(title);
const busy = common.busy(title);

const suspended: Meaning = {
  ...common.balance(title),
  says: 'Twilio has suspended the account, or its balance is used up.',
};

/** A number may be one to write from in one country and not in another. */
const senderThere: Meaning = { code: sender.code, says: sender.says };

const country: Meaning = {
  code: 'config-invalid',
  says: 'The account at Twilio may not send to this country (Messaging Geographic Permissions).',
};

const callback: Meaning = {
  code: 'config-invalid',
  says: 'Twilio cannot post reports to PUBLIC_URL: it must be a public address.',
  scope: 'inbox',
};

/** Page "Error and Warning Dictionary": those that a text message can meet, in an answer or in a report. */
export const meanings: Readonly<Record<number, Meaning>> = {
  14107: busy,
  20003: common.credentials(title),
  20005: suspended,
  20008: common.credentials(title),
  20429: busy,
  21211: common.number,
  21212: sender,
  21214: common.number,
  21217: common.number,
  21408: country,
  21602: common.text,
  21603: sender,
  21604: common.number,
  21605: common.text,
  21606: senderThere,
  21609: callback,
  21608: { code: 'config-invalid', says: 'A trial account at Twilio writes only to numbers that were verified there.' },
  21610: common.optedOut,
  21611: busy,
  21612: common.route,
  21614: common.number,
  21617: common.text,
  21635: common.number,
  21659: sender,
  21660: sender,
  21701: sender,
  21703: sender,
  21705: sender,
  30001: busy,
  30002: suspended,
  30003: rejected('The phone was switched off or could not be reached.'),
  30004: rejected('The person or the network has blocked messages of this sender.'),
  30005: rejected('The number is not in use, or its phone cannot be reached.'),
  30006: common.number,
  30007: common.filtered,
  30008: rejected('The network could not deliver the message and did not say why.'),
  30022: busy,
  30024: sender,
  30032: sender,
  30034: sender,
};

export const meaningOf = (code: unknown): Meaning | undefined => meanings[Number(code)];
