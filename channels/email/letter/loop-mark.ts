import { createHmac } from 'node:crypto';

/** The purpose under which `HostDeps.secret` gives the secret of the loop mark. */
export const loopPurpose = 'email-loop';

/** The value of `X-Wasl-Loop` on what we send by ourselves: known to this installation only, so that nobody else's mail is taken for ours. */
export const loopMark = (secret: Buffer): string =>
  createHmac('sha256', secret).update('x-wasl-loop').digest('hex').slice(0, 32);
