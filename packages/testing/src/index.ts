export { createTestDatabase } from './create-test-database.js';
export { withTables } from './with-tables.js';
export { WireCounter } from './wire-counter.js';
export { FakeClock } from './fake-clock.js';
export { testServerUrl } from './test-server-url.js';

export type { TestDatabase, TestDatabaseArgs } from './test-database.js';
export type { TestEntity } from './test-entity.js';
export type { WireCount } from './wire-counter.js';
