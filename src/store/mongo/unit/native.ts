import type mongoose from 'mongoose';

/** Types of the driver below mongoose that the unit of writes is made of. */
export type AnyBulkWriteOperation<T extends { _id: unknown }> = mongoose.mongo.AnyBulkWriteOperation<T>;
export type Filter<T> = mongoose.mongo.Filter<T>;
