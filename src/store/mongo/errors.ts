import mongoose from 'mongoose';
import { StoreError, type StoreErrorCode } from '../port.ts';

const { mongo } = mongoose;

/** Codes of servers, github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml. */
const code = {
  internal: 1,
  unauthorized: 13,
  authenticationFailed: 18,
  namespaceNotFound: 26,
  indexNotFound: 27,
} as const;
const duplicateKeys = new Set([11000, 11001, 12582]);
const outOfSpace = new Set([14031, 12501]);
const readOnly = new Set([11402]);
/** The server is going down, not the primary, stepping down, or did not get the write to a majority in time. */
const passing = new Set([
  6, 7, 50, 64, 79, 89, 91, 189, 262, 9001, 10058, 10107, 11600, 11602, 13388, 13435, 13436, 46841,
]);

/** The server's code of a thrown error, or null where no server sent one. */
export function serverCode(error: unknown): number | null {
  const value: unknown = error instanceof mongo.MongoError ? error.code : null;
  return typeof value === 'number' ? value : null;
}

/**
 * Whether a write was refused because of a unique index or an id that is taken. FerretDB reports it of an update as an
 * internal error with SQLite's words.
 */
export function isDuplicate(error: unknown): boolean {
  const value = serverCode(error);
  if (value === null) return false;
  return (
    duplicateKeys.has(value) || (value === code.internal && isUniqueText(String(Reflect.get(Object(error), 'message'))))
  );
}

/** As `isDuplicate`, for one of the errors of a bulk write. */
export const isDuplicateWrite = (error: { code?: number; errmsg?: string | undefined }): boolean =>
  duplicateKeys.has(error.code ?? 0) || (error.code === code.internal && isUniqueText(error.errmsg ?? ''));

const isUniqueText = (text: string): boolean => /UNIQUE constraint failed/i.test(text);

/** Whether a collection or an index to be dropped was not there. */
export const isMissing = (error: unknown): boolean =>
  [code.namespaceNotFound, code.indexNotFound].some((each) => each === serverCode(error));

/** What the system says of a connection that broke: the driver hands some of it on as it is, where it writes to one. */
const broken = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT', 'ERR_STREAM_DESTROYED']);

/** Whether the server could not be reached, or gave no answer: what was asked may have been done or not. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  if (!(error instanceof mongo.MongoError)) return broken.has(String(Reflect.get(Object(error), 'code')));
  // a bulk write that was cut off carries what cut it off where else the server's answer is
  const carried: unknown = Reflect.get(error, 'errorResponse');
  if (carried instanceof Error && carried !== error) return isUnavailable(carried);
  if (passing.has(serverCode(error) ?? 0)) return true;
  if (error instanceof mongo.MongoWriteConcernError) return true;
  const isCutOff = [
    mongo.MongoNetworkError,
    mongo.MongoSystemError,
    mongo.MongoNotConnectedError,
    mongo.MongoTopologyClosedError,
    mongo.MongoClientClosedError,
  ];
  return isCutOff.some((kind) => error instanceof kind) || /PoolCleared|WaitQueueTimeout/.test(error.name);
}

type Case = readonly [StoreErrorCode, (place: string) => string];

const unavailable: Case = [
  'unavailable',
  (place) =>
    `MongoDB at ${place} cannot be reached or does not answer. Check that it runs, and that MONGODB_URL names it.`,
];
const refused: Case = [
  'failed',
  (place) =>
    `MongoDB at ${place} refuses Wasl's user. Check name and password in MONGODB_URL, and that the user may read and write the database.`,
];
const full: Case = [
  'disk-full',
  (place) => `MongoDB at ${place} has no room left: this change was not kept. Free space.`,
];
const locked: Case = ['read-only', (place) => `MongoDB at ${place} may not be written to. Check its state.`];
const other: Case = ['failed', (place) => `The store at ${place} failed: this change was not kept.`];

const unread: Case = [
  'failed',
  () => 'MONGODB_URL is no address that can be read. Its form is mongodb://host:port/name.',
];

const isUnread = (error: unknown): boolean =>
  error instanceof mongo.MongoParseError || (error instanceof mongo.MongoRuntimeError && /parse/.test(error.message));

function caseOf(error: unknown): Case {
  if (isUnread(error)) return unread;
  const value = serverCode(error) ?? 0;
  if (isUnavailable(error)) return unavailable;
  if (value === code.unauthorized || value === code.authenticationFailed) return refused;
  if (outOfSpace.has(value)) return full;
  return readOnly.has(value) ? locked : other;
}

/** Any error as a StoreError with a sentence for the operator; `place` names the database without any secret. */
export function asStoreError(error: unknown, place: string): StoreError {
  if (error instanceof StoreError) return error;
  const found = caseOf(error);
  const [storeCode, sentence] = found;
  // what is wrong with the address is the operator's to see, not where it was noticed
  return new StoreError(storeCode, sentence(place), found === unread ? {} : { cause: error });
}
