export { startEmbeddedPostgres } from './start-embedded-postgres.js';
export {
  BinariesMissing,
  BinariesUnusable,
  DirectoryInUse,
  DirectoryRefused,
  InitialisationFailed,
  NoServerUser,
  PortTaken,
  StartFailed,
} from './embedded-postgres-errors.js';

export type { EmbeddedPostgres } from './embedded-postgres.js';
export type { EmbeddedPostgresOptions } from './embedded-postgres-options.js';
export type { DirectoryRefusal } from './embedded-postgres-errors.js';
