import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const shield = join(import.meta.dirname, '../../../channels/whatsapp-web/shield.ts');

/** A process that is shielded and lets go of a promise that fails. */
const run = (reason: string) =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { shieldProcess } from ${JSON.stringify(shield)};
       const log = { error: (fields, message) => console.log(message, fields.error) };
       shieldProcess(log, 'one');
       Promise.reject(${reason});
       setTimeout(() => console.log('still here'), 20);`,
    ],
    { encoding: 'utf8' },
  );

const stack = (file: string): string =>
  `Object.assign(new Error('Protocol error 966512345678'), { stack: 'Error\\n at x (/app/node_modules/${file})' })`;

describe('a promise that nobody waits for', () => {
  it.each([
    ['of the library', stack('whatsapp-web.js/src/Client.js:1:1')],
    ['of the driver of the browser', stack('puppeteer-core/lib/cjs/Connection.js:1:1')],
    ['that the library rejects with a word', '"ready timeout"'],
  ])('%s does not end the process', (_, reason) => {
    const { status, stdout } = run(reason);
    expect([status, stdout]).toEqual([0, expect.stringContaining('still here')]);
    expect(stdout).toContain('failed where nobody could hear it');
    expect(stdout).not.toContain('966512345678');
  });

  it.each([
    ['of anything else', stack('express/index.js:1:1')],
    ['with any other word', '"lost"'],
  ])('%s ends it as ever', (_, reason) => {
    const { status, stdout } = run(reason);
    expect(status).not.toBe(0);
    expect(stdout).not.toContain('still here');
  });
});
