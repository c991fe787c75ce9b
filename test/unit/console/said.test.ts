import { describe, expect, it } from 'vitest';
import { sendFailure } from '../../../channels/email/letter/send-failure.ts';
import { explainTrouble, FolderMissing } from '../../../channels/email/mailbox/trouble.ts';
import { meaningOf } from '../../../channels/whatsapp-cloud/payload/codes.ts';
import { reasons } from '../../../channels/whatsapp-web/reasons.ts';
import { readAllSaid, readSaid, weighReason } from '../../../src/web/console/said.ts';
import { arSaid } from '../../../src/web/console/texts/ar-said.ts';
import { sourceTree } from '../../source-tree.ts';

const server = { host: 'mail.example', port: 993, secure: true, user: 'care', password: 'word' };

/** Sentences in quotes or, up to what is put into them, in backquotes. */
const sentencesIn = (paths: RegExp, begin: RegExp): string[] =>
  sourceTree
    .filter(({ path }) => paths.test(path))
    .flatMap(({ text }) => [...text.matchAll(/(['"`])((?:(?!\1)[^\n\\])+)\1/g)].map((found) => found[2] ?? ''))
    .filter((sentence) => begin.test(sentence))
    .map((sentence) => sentence.replace(/\$\{[^}]*\}/g, 'x'));

describe('a sentence of the server', () => {
  it('is said in the language of the page with what only it says', () => {
    expect(readSaid('The mail came by a mailing list: list-id')).toEqual({ key: 'list', detail: 'list-id' });
    expect(readSaid('The mail server mail.example:993 does not answer; check the port and …')).toEqual({
      key: 'silent',
      detail: 'mail.example:993',
    });
    expect(readSaid('must be a whole number from 1 to 100')).toEqual({ key: 'mustBeNumber', detail: '1 to 100' });
  });

  it('is known where it tells why a file will not come', () => {
    expect(readSaid('The file is larger than 100 MB.')).toEqual({ key: 'fileTooLarge', detail: '100' });
    expect(readSaid('The file is larger than 25 MB; it can be seen on the phone.')?.key).toBe('fileTooLarge');
    expect(readSaid('It could not be stored.')?.key).toBe('notStored');
  });

  it('is known where it tells why an inbox does not run here', () => {
    const written = sentencesIn(/^src\/(?:inbox\/(?:conditions|relay|open-inboxes)|flow\/sink)\.ts$/, /^[A-Z].* .*\.$/);
    expect(written).toEqual(expect.arrayContaining(['The process that runs this inbox gave no answer.']));
    const shown = written.filter(
      (sentence) => sentence !== 'It could not be sent.' && !sentence.startsWith('The file'),
    );
    expect(shown.filter((sentence) => readSaid(sentence) === null)).toEqual([]);
  });

  it('stands as it was written where it is not known', () => {
    expect(readSaid('The moon is full.')).toBeNull();
  });

  it('is known where it tells why a mail was taken for automatic', () => {
    const written = sentencesIn(/^channels\/email\/screen\//, /^(?:(?:The|A|No|Nobody) .*|Head and|Subject and).{10}/);
    const whole = written.filter((sentence) => /[.:] ?x?$|^The mail/.test(sentence));
    expect(whole.length).toBeGreaterThan(12);
    expect(whole.filter((sentence) => readSaid(sentence) === null)).toEqual([]);
  });

  it('is known where it tells what is wrong with a setting', () => {
    const written = sentencesIn(/^channels\/email\/settings\.ts$/, /^(?:must|is needed|each must) /);
    expect(written.length).toBeGreaterThan(6);
    expect(written.filter((sentence) => readSaid(sentence) === null)).toEqual([]);
  });

  it('is known where it tells what is wrong with reading or sending mails', () => {
    const paths = /^channels\/email\/(?:mailbox\/(?:trouble|access-token|retry)|letter\/send-failure)\.ts$/;
    const written = sentencesIn(paths, /^(?:The|There|Mails?|Reading) .*[.;:]/);
    // of two of them a word in the middle, put in as it comes, decides which text they have
    const whole = written.filter((sentence) => !/ xx?(?=;| here;)/.test(sentence));
    expect(whole.length).toBeGreaterThan(30);
    expect(whole.filter((sentence) => readSaid(sentence) === null)).toEqual([]);
  });

  it('is known where it tells why WhatsApp Web is not well', () => {
    const all = Object.values(reasons).map((reason) =>
      reason.endsWith(':') ? `${reason} it lacks a library` : reason,
    );
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter((reason) => readSaid(reason) === null)).toEqual([]);
  });

  it('is known for each error code of the Cloud API', () => {
    const codes = sourceTree.find(({ path }) => path === 'channels/whatsapp-cloud/payload/codes.ts')?.text ?? '';
    const numbers = [...codes.matchAll(/^ {2}(\d+): /gm)].map(([, code]) => Number(code));
    expect(numbers.length).toBeGreaterThan(40);
    const says = [...numbers.map((code) => meaningOf({ code })), meaningOf({ code: -1, status: 504 })].map(
      (one) => one.says,
    );
    // that one is said by its code, as for every channel
    expect(says.filter((one) => readSaid(one) === null && !one.startsWith('More than 24 hours'))).toEqual([]);
  });

  it('is known where it tells what is wrong with a setting of WhatsApp', () => {
    const written = sentencesIn(/^channels\/whatsapp-(?:cloud|web)\/settings\.ts$/, /^must /);
    expect(written.length).toBeGreaterThan(5);
    expect(written.filter((sentence) => readSaid(sentence) === null)).toEqual([]);
  });

  it('is known where it tells of X and of the senders of text messages', () => {
    const paths = /^channels\/(?:x\/(?!settings|limits|prices|payload|intake)|sms\/(?!settings|providers\/log))/;
    const begin = /^(?:X|The|It|A|No|Nothing|x|There|Some|Twilio|Text) .*(?:\.|: |: x)$/;
    const written = sentencesIn(paths, begin).map((sentence) => sentence.replace(/: ?$/, ': x'));
    expect(written.length).toBeGreaterThan(60);
    expect(written.filter((sentence) => readSaid(sentence) === null)).toEqual([]);
  });

  it('is known where it tells what is wrong with a setting of X or of text messages', () => {
    const written = sentencesIn(/^channels\/(?:x|sms)\/(?:settings|prices)\.ts$/, /^(?:must|is missing) /);
    expect(written.length).toBeGreaterThan(15);
    const odd = written.filter((sentence) => !sentence.startsWith('is missing: x'));
    expect(odd.filter((sentence) => readSaid(sentence) === null)).toEqual([]);
    expect(readSaid('is missing: the bearer token of the application at Taqnyat')?.key).toBe('neededToken');
  });

  it('is said sentence by sentence where there are several, and left as it is where it is not known', () => {
    const keys = (text: string) => readAllSaid(text).map((one) => (typeof one === 'string' ? one : one.key));
    const [away, near] = [
      'The mentions of X: X cannot be reached.',
      '84 % of the monthly budget for X is used (42 of 50 dollars): X is asked less often, and not at all once it is used up.',
    ];
    expect(keys('X takes nothing more: the credits are used up. Buy credits in the developer console of X.')).toEqual([
      'xCredits',
    ]);
    expect(keys(near)).toEqual(['xBudgetNear']);
    expect(keys(`The moon is full. ${near}`)).toEqual(['The moon is full.', 'xBudgetNear']);
    expect(readSaid(away)).toMatchObject({ key: 'xMentions', detail: 'X cannot be reached.' });
  });

  it('names the folder that is missing and those that there are', () => {
    const reason = explainTrouble(new FolderMissing('Care', ['INBOX', 'المرسل']), server).reason;
    expect(readSaid(reason)).toEqual({ key: 'noFolder', detail: 'Care', list: '"INBOX", "المرسل"' });
  });

  it('tells what lasts until somebody changes something, and what concerns the sending alone', () => {
    const folder = explainTrouble(new FolderMissing('Care', []), server).reason;
    const lost = explainTrouble(new Error('gone'), server).reason;
    const name = sendFailure({ code: 'EDNS' }).error.message;
    const certificate = sendFailure({ code: 'ESOCKET', message: 'self-signed certificate' }).error.message;
    expect([folder, lost, name, certificate].map(weighReason)).toEqual([
      { lasts: true, sends: false },
      { lasts: false, sends: false },
      { lasts: false, sends: true },
      { lasts: true, sends: true },
    ]);
  });

  it('has a text for every form', () => {
    expect(Object.keys(arSaid.said)).toContain(readSaid('is missing')?.key);
  });
});
