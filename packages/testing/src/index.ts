export { testServerUrl } from './test-server-url.js';
export { FakeClock } from './fake-clock.js';
export { WireCounter } from './wire-counter.js';

export type { WireCount } from './wire-counter.js';
