export { observabilityFiles } from './observability-files.js';

export type { ObservabilityFilesArgs } from './observability-files-args.js';
