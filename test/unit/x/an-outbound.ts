import { outboundOf } from '../../fakes/an-outbound.ts';

/** Messages of the inbox `x` to one person. */
export const anOutbound = outboundOf({ inboxId: 'x', address: '77' });
