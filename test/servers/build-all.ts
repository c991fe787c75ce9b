import { lackOf } from './mongo-server.ts';

// Makes the servers that can be had, so that nobody waits for them later.
await Promise.all([lackOf('ferretdb'), lackOf('mongo-java-server')]);
