export { TracingPolicy } from './tracing-policy.js';

export type { TracingArgs } from './tracing-policy.js';
