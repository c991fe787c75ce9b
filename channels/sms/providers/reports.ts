import type { DeliveryStatus } from '../../../src/channel/inbound.ts';
import { digitsOf, type Fields, firstOf, hasToken, type Records, recordsIn } from './fields.ts';
import { type Meaning, maxPostBytes, type ProviderPosts, type Read, type Report } from './provider.ts';

/**
 * The words that are known for how far a message is, in small letters. Unifonic names "Delivered" and "Undeliverable" for
 * the network's word and a few of its own; Taqnyat documents none for text messages.
 */
const statuses: Readonly<Record<string, DeliveryStatus>> = {
  accepted: 'accepted',
  pending: 'accepted',
  queued: 'accepted',
  scheduled: 'accepted',
  submitted: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  delivrd: 'delivered',
  undelivered: 'failed',
  undeliverable: 'failed',
  undeliv: 'failed',
  failed: 'failed',
  rejected: 'failed',
  rejectd: 'failed',
  expired: 'failed',
  deleted: 'failed',
};

const names = {
  id: ['messageid', 'msgid', 'id'],
  ref: ['correlationid', 'ref', 'reference'],
  // the network's word stands above the provider's own
  status: ['dlr', 'deliverystatus', 'status', 'state'],
  to: ['recipient', 'to', 'mobile', 'number', 'phone', 'destination'],
  error: ['errorcode', 'error', 'reasoncode'],
  cost: ['cost', 'price'],
  currency: ['currencycode', 'currency'],
  units: ['numberofunits', 'units', 'msglength', 'segments'],
} as const;

const amountOf = (text: string | undefined): number | null => {
  const amount = text === undefined ? Number.NaN : Math.abs(Number(text));
  return Number.isFinite(amount) ? amount : null;
};

function costOf(fields: Fields): Report['cost'] {
  const amount = amountOf(firstOf(fields, names.cost));
  if (amount === null) return undefined;
  const currency = firstOf(fields, names.currency)?.toUpperCase();
  const units = amountOf(firstOf(fields, names.units));
  return { units: Math.round(units ?? 0), amount, currency: currency?.length === 3 ? currency : null };
}

/** A record as a report, or why it is none. */
function reportOf(fields: Fields, meaningOf: (code: string) => Meaning | undefined): Report | string {
  const ref = firstOf(fields, names.ref);
  const externalId = firstOf(fields, names.id) ?? ref;
  if (externalId === undefined || externalId.length > 512) return 'no-id';
  const status = statuses[firstOf(fields, names.status)?.toLowerCase() ?? ''];
  if (!status) return 'unknown-status';
  const to = digitsOf(firstOf(fields, names.to));
  const cost = costOf(fields);
  const about = { externalId, status, ...(ref ? { ref } : {}), ...(to ? { to } : {}), ...(cost ? { cost } : {}) };
  if (status !== 'failed') return about;
  const meaning = meaningOf(firstOf(fields, names.error) ?? '');
  const reason = meaning?.says ?? 'The network could not deliver the message.';
  return { ...about, code: meaning?.code ?? 'rejected', reason };
}

type MeaningOf = (code: string) => Meaning | undefined;

function readReports({ records, left }: Records, meaningOf: MeaningOf): Read {
  const found = records.map((one) => reportOf(one, meaningOf));
  const reports = found.filter((one) => typeof one !== 'string');
  const odd = [...found.filter((one) => typeof one === 'string'), ...(left ? [left] : [])];
  return { reports, incoming: [], odd: reports.length + odd.length === 0 ? ['unreadable'] : odd };
}

const everything = { mine: true, strangers: [] };

/** Of whoever knows the word in the address. */
const mostKnown = 200;
/** Of anybody: reports of sendings that are not known are kept for a while, and nobody is to fill a disk by them. */
const mostOfAnybody = 20;
const bytesOfAnybody = 32 * 1024;

function postsWithToken(token: string, meaningOf: MeaningOf): ProviderPosts {
  return {
    isOpen: false,
    maxBytes: maxPostBytes,
    isGenuine: (post) => hasToken(post, token),
    about: () => everything,
    read: (raw) => readReports(recordsIn(raw, mostKnown), meaningOf),
  };
}

function openPosts(meaningOf: MeaningOf): ProviderPosts {
  const isGenuine: ProviderPosts['isGenuine'] = ({ raw }) => {
    if (raw.length > bytesOfAnybody) return false;
    const found = recordsIn(raw.toString('utf8'), mostOfAnybody);
    return found.left === null && readReports(found, meaningOf).reports.length > 0;
  };
  return {
    isOpen: true,
    maxBytes: bytesOfAnybody,
    isGenuine,
    about: () => everything,
    read: (raw) => readReports(recordsIn(raw, mostOfAnybody), meaningOf),
  };
}

/**
 * The posts of a provider that signs nothing. With a token in the address whoever knows it is believed. Without one only
 * what reads as a few reports is taken, and a report moves nothing but a sending that it names.
 */
export const unsignedPosts = (token: string | null, meaningOf: MeaningOf): ProviderPosts =>
  token === null ? openPosts(meaningOf) : postsWithToken(token, meaningOf);
