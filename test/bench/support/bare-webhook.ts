/**
 * The least that a receiver of signed posts may do: Express, the signature over the raw body, one durable insert that is
 * committed together with those that came at the same moment. A process of its own, as the real server is.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import express from 'express';

const directory = mkdtempSync(join(tmpdir(), 'wasl-bare-webhook-'));
const db = new DatabaseSync(join(directory, 'bare.sqlite'));
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
db.exec('CREATE TABLE post (id TEXT PRIMARY KEY, body TEXT)');
const statement = db.prepare('INSERT OR IGNORE INTO post (id, body) VALUES (?, ?)');

let waiting: { body: Buffer; done: () => void }[] = [];

const commit = (): void => {
  const group = waiting;
  waiting = [];
  db.exec('BEGIN');
  for (const { body } of group) statement.run(createHash('sha256').update(body).digest('base64url'), body.toString());
  db.exec('COMMIT');
  for (const { done } of group) done();
};

const insert = (body: Buffer): Promise<void> =>
  new Promise((resolve) => {
    if (waiting.length === 0) setImmediate(commit);
    waiting.push({ body, done: resolve });
  });

const secret = process.env.WHATSAPP_CLOUD_APP_SECRET ?? '';

const isSigned = (body: Buffer, given: string | undefined): boolean => {
  const right = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const claimed = Buffer.from(given ?? '');
  return claimed.length === right.length && timingSafeEqual(claimed, right);
};

const app = express();
app.post('/webhooks/whatsapp', express.raw({ type: '*/*', limit: '3mb' }), async (request, response) => {
  const body: Buffer = request.body;
  if (!isSigned(body, request.get('x-hub-signature-256'))) return void response.sendStatus(401);
  await insert(body);
  response.sendStatus(200);
});

process.on('SIGTERM', () => {
  db.close();
  rmSync(directory, { recursive: true, force: true });
  process.exit(0);
});
app.listen(Number(process.env.PORT), () => process.stdout.write('ready\n'));
