export { Database } from './database.js';
export { guardedPool } from './guarded-pool.js';
export { entityOperations } from './specs/entity-operations.js';
export { dependentCreator } from './specs/dependent-creator.js';
export { everyRow } from './specs/batch-target.js';
export { rowLevelSecurity, RowLevelSecurity } from './row-level-security/row-level-security.js';
export { rowScope } from './row-level-security/row-scope.js';
export { reportRowLevelSecurity } from './row-level-security/report/report-row-level-security.js';
export { databaseTime } from './states/database-time.js';
export { OptionalState } from './states/optional-state.js';
export { TriState } from './states/tri-state.js';
export { isState } from './states/state.js';
export { applyTo } from './interop/apply-to.js';
export { removeOutdated } from './retention/remove-outdated.js';
export { operationKey, OperationKey } from './operation-keys/operation-key.js';
export { operationKeyMigrations } from './operation-keys/operation-key-migrations.js';
export { removeOperationKeys } from './operation-keys/remove-operation-keys.js';
export { newId } from './new-id.js';
export { sqlFragment, sqlIdentifier } from './session/sql-fragment.js';
export { RowStream } from './stream/row-stream.js';
export { AdvisoryLockLost } from './errors/advisory-lock-lost.js';
export { AdvisoryLockNotAvailable } from './errors/advisory-lock-not-available.js';
export { RowDeleted } from './errors/row-deleted.js';
export { VersionConflict } from './errors/version-conflict.js';
export { DatabaseClosed } from './errors/database-closed.js';
export { DeadlineExceeded } from './errors/deadline-exceeded.js';
export { MigrationFailed } from './errors/migration-failed.js';
export { OperationAlreadyDone } from './errors/operation-already-done.js';
export { OperationKeyReused } from './errors/operation-key-reused.js';
export { StillRunning } from './errors/still-running.js';
export {
  AmbiguousCommitError,
  CheckViolation,
  CommitNotStored,
  ConnectionLost,
  DatabaseError,
  DatabaseUnavailable,
  DeadlockDetected,
  ExclusionViolation,
  ForeignKeyViolation,
  IntegrityViolation,
  InvalidData,
  LockNotAvailable,
  NotNullViolation,
  PoolExhausted,
  ReadOnlyTransaction,
  SerializationFailure,
  StalePlan,
  StatementCanceled,
  TransactionAborted,
  UniqueViolation,
  UnreadableAnswer,
} from './errors/database-error.js';

export type { DatabaseOptions } from './database.js';
export type { GuardedPoolOptions } from './guarded-pool.js';
export type { Executor } from './executor.js';
export type { ExplainOptions } from './explain/explain-options.js';
export type { PlanNode, QueryPlan } from './explain/query-plan.js';
export type { DbReadSession, DbWriteSession } from './session/db-session.js';
export type { ReadManager, ReadQueryBuilder } from './session/read-manager.js';
export type { Isolation } from './session/isolation.js';
export type { ReplayArgs } from './session/replay.js';
export type { ReadSessionOptions, WriteSessionOptions } from './session/session-options.js';
export type { SqlFragment } from './session/sql-fragment.js';
export type { SeparateOption } from './separate-option.js';
export type { EntityOperations, SoftDeletingOperations } from './specs/entity-operations.js';
export type { EntityDefinition, Insertable, SoftDeletingDefinition } from './specs/entity-definition.js';
export type { CreatorSpec } from './specs/creation.js';
export type { BulkOptions, BulkResult } from './specs/bulk/bulk-creator.js';
export type { PartialFailure, PartialResult } from './specs/bulk/partial.js';
export type { UpsertResult } from './specs/upsert/upserter.js';
export type { BulkUpsertResult, BulkUpsertRule, PartialUpsertResult } from './specs/upsert/bulk-upserter.js';
export type { BulkUpdate } from './specs/bulk/updated-rows.js';
export type { BatchPurgeOptions } from './specs/purge/batch-purger.js';
export type { PurgeOptions } from './specs/purge/purger.js';
export type { ConflictCheck } from './specs/purge/conflict-check.js';
export type { NextValueRule } from './specs/next-value-creator.js';
export type { DependentResult } from './specs/dependent-creator.js';
export type { UpserterSpec, UpsertRule } from './specs/upsert/upserter-spec.js';
export type { ConflictTarget } from './specs/upsert/conflict-target.js';
export type { RowLock } from './specs/row-lock.js';
export type { RowRead } from './specs/querier.js';
export type { Items } from './specs/bulk/chunks.js';
export type { ActorColumns } from './specs/actor.js';
export type { Changes } from './specs/changes.js';
export type { UpdaterSpec } from './specs/updater.js';
export type { BatchResult } from './specs/batch.js';
export type { ParentPagesArgs } from './specs/parent-pages.js';
export type { BatchTarget } from './specs/batch-target.js';
export type { RowLevelSecurityArgs } from './row-level-security/row-level-security.js';
export type { PolicyStatements } from './row-level-security/policy-statements.js';
export type { RowScope } from './row-level-security/row-scope.js';
export type { RowLevelSecurityFinding, RowLevelSecuritySeverity } from './row-level-security/report/finding.js';
export type { ApplyToOptions } from './interop/apply-to.js';
export type { AppliedSearch } from './interop/applied-search.js';
export type { ReadOptions } from './read-options.js';
export type { LockOptions } from './lock-options.js';
export type { RowSelection } from './specs/row-selection.js';
export type { ReadSpec, StatementWrite, WriteSpec } from './specs/spec.js';
export type { CommitForm, WriteOptions } from './write-options.js';
export type { OperationKeyArgs } from './operation-keys/operation-key.js';
export type { StreamQuery } from './specs/streamer.js';
export type { StreamOptions, StreamSpec } from './stream/stream-spec.js';
export type { IntegrityErrorCheck } from './errors/integrity-error-check.js';
export type { Retention } from './retention/remove-outdated.js';
export { forgetGeneratedColumns, type GeneratedColumn, noteGeneratedColumn } from './migrations/generated-columns.js';
export type { MigrationList } from './migrations/migration-list.js';
export type { MigrateOptions, MigrationOptions, RevertTarget } from './migrations/migration-options.js';
export type { AdvisoryLockOptions } from './locks/advisory-lock-options.js';
export type { LockedWork } from './locks/with-advisory-lock.js';
export type { UnderWayFigures } from './errors/still-running.js';
export type { PoolFigures } from './wire/pool-figures.js';

// For specs of one's own, over the mapped entity.
export { statementCounts, type Workload } from './specs/statement-counts.js';
export { readSpec, seriesSpec, unitSpec, writeSpec } from './specs/spec.js';
export { streamSpec } from './stream/stream-spec.js';
export { withinScope, type WithinScopeOptions } from './specs/within-scope.js';
export { owned } from './operation-keys/bound-to.js';
export { checkObject } from './specs/check-object.js';
export { checkSeesLatest } from './specs/check-sees-latest.js';
export { foreignRows, type ForeignRows } from './specs/purge/foreign-rows.js';
export { everybodysRows } from './row-level-security/row-scope-settings.js';
export type { Ahead, Plan, Proof, SeriesWrite, UnitOfWork, UnitWrite } from './specs/spec.js';
export type { EntityCatalog } from './entity/entity-catalog.js';
