export { withTables } from './with-tables.js';
export { FakeClock } from './fake-clock.js';
export { WireCounter } from './wire-counter.js';
export { testServerUrl } from './test-server-url.js';

export type { TestEntity } from './test-entity.js';
export type { WireCount } from './wire-counter.js';
