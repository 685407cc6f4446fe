import type {
  Aggregation,
  BatchQuerier,
  ColumnKey,
  Figures,
  Group,
  KeysOfKind,
  Page,
  QueryCondition,
  Scope,
} from '@holdfast/querier';
import {
  asking,
  changes,
  creationOfOne,
  creations,
  owned,
  purge,
  purges,
  upserts,
} from '../operation-keys/bound-to.js';
import type { StreamSpec } from '../stream/stream-spec.js';
import { aggregator } from './aggregator.js';
import { batchSpec, type BatchResult } from './batch.js';
import type { BatchTarget } from './batch-target.js';
import { bulkCreator, type BulkOptions, type BulkResult } from './bulk/bulk-creator.js';
import { bulkUpdater, partialUpdater } from './bulk/bulk-updater.js';
import type { Items } from './bulk/chunks.js';
import type { PartialResult } from './bulk/partial.js';
import { partialCreator } from './bulk/partial-creator.js';
import { partialPurger } from './bulk/partial-purger.js';
import type { BulkUpdate } from './bulk/updated-rows.js';
import { counter } from './counter.js';
import type { CreatorSpec } from './creation.js';
import { creator } from './creator.js';
import type { EntityDefinition, SoftDeletingDefinition } from './entity-definition.js';
import { loader } from './loader.js';
import { parentPages, type ParentPagesArgs } from './parent-pages.js';
import { projection } from './projection.js';
import { batchPurger, type BatchPurgeOptions } from './purge/batch-purger.js';
import { purger, type PurgeOptions } from './purge/purger.js';
import { nextValueCreator, type NextValueRule } from './next-value-creator.js';
import { finder, querier, type RowRead } from './querier.js';
import type { RowLock } from './row-lock.js';
import type { RowSelection } from './row-selection.js';
import { searcher } from './searcher.js';
import { deleter, restorer } from './soft-delete.js';
import { columnStreamer, streamer, type StreamQuery } from './streamer.js';
import type { ReadSpec, StatementWrite, UnitWrite, WriteSpec } from './spec.js';
import { upserter, type UpsertResult } from './upsert/upserter.js';
import {
  type PartialUpsertResult,
  type BulkUpsertResult,
  type BulkUpsertRule,
  bulkUpserter,
  partialUpserter,
} from './upsert/bulk-upserter.js';
import type { UpserterSpec, UpsertRule } from './upsert/upserter-spec.js';
import { conditionalUpdater, updater, type UpdaterSpec } from './updater.js';
import { withinScope } from './within-scope.js';

/**
 * The standard operations of one entity, as specs for a Database or a dbSession to execute. Scope first, always: what
 * lies outside of it is as if it were not there. Executed, all of them throw InvalidInput for what their columns cannot
 * hold, and a violated constraint as its class, or as what the `integrityErrorChecks` make of it. `statementCounts`
 * says how many statements each of them sends.
 */
export interface EntityOperations<Row extends object, Data, Id> {
  /**
   * Throws the domain's not-found error. With a `lock` it is for a dbSession that writes, until whose end the row is
   * locked.
   */
  get<Selection extends RowSelection | RowLock = RowSelection>(
    scope: Scope<Row>,
    id: Id,
    selection?: Selection,
  ): RowRead<Data, Selection>;
  /** Null where `get` throws. */
  find<Selection extends RowSelection | RowLock = RowSelection>(
    scope: Scope<Row>,
    id: Id,
    selection?: Selection,
  ): RowRead<Data | null, Selection>;
  /** In the order of the ids, null for what is not there. */
  loadMany(scope: Scope<Row>, ids: readonly Id[], selection?: RowSelection): ReadSpec<readonly (Data | null)[]>;
  /** One page of the rows that match, in the order of the querier, with a total if it asks for one. */
  search(scope: Scope<Row>, batchQuerier: BatchQuerier<Row>, selection?: RowSelection): ReadSpec<Page<Data>>;
  /** A search that reads only these columns of its rows, as they are: `toData` is not asked. */
  project<Column extends ColumnKey<Row>>(
    scope: Scope<Row>,
    columns: readonly Column[],
    batchQuerier: BatchQuerier<Row>,
    selection?: RowSelection,
  ): ReadSpec<Page<Pick<Row, Column>>>;
  /** The first page of each parent's rows, in one statement. */
  pagesPerParent<By extends KeysOfKind<Row, 'scalar'>>(
    scope: Scope<Row>,
    parents: ParentPagesArgs<Row, By>,
    batchQuerier: BatchQuerier<Row>,
    selection?: RowSelection,
  ): ReadSpec<ReadonlyMap<NonNullable<Row[By]>, Page<Data>>>;
  /**
   * Figures of groups of rows, made by the database, e.g.
   * `{ groupBy: ['status'], select: { rows: count(), size: sum('size') } }`.
   */
  aggregate<Select extends Figures<Row>, By extends KeysOfKind<Row, 'scalar'> = never>(
    scope: Scope<Row>,
    aggregation: Aggregation<Row, By, Select>,
    selection?: RowSelection,
  ): ReadSpec<readonly Group<Row, By, Select>[]>;
  /** All rows that match, in partitions over a cursor of the database: for `database.stream` or `dbSession.stream`. */
  stream(scope: Scope<Row>, query?: StreamQuery<Row>, selection?: RowSelection): StreamSpec<Data>;
  /** The same with only these columns of the rows, as they are. */
  streamColumns<Column extends ColumnKey<Row>>(
    scope: Scope<Row>,
    columns: readonly Column[],
    query?: StreamQuery<Row>,
    selection?: RowSelection,
  ): StreamSpec<Pick<Row, Column>>;
  /** How many rows match; `{}` is every row of the scope. */
  count(scope: Scope<Row>, condition: QueryCondition<Row>, selection?: RowSelection): ReadSpec<number>;
  /**
   * One row, stamped with what the scope says. Throws the domain's already-exists error for a key that is taken, and
   * OutsideScope for a row that would not be in the scope.
   */
  create(scope: Scope<Row>, spec: CreatorSpec<Row>): StatementWrite<Data>;
  /** With the next value of a column among the rows that it is counted with. */
  createNext(scope: Scope<Row>, spec: CreatorSpec<Row>, rule: NextValueRule<Row>): UnitWrite<Data>;
  /** All or nothing, in the order given; specs are a list, or whatever can be iterated over. */
  bulkCreate<Options extends BulkOptions>(
    scope: Scope<Row>,
    specs: Items<CreatorSpec<Row>>,
    options?: Options,
  ): WriteSpec<BulkResult<Data, Options>>;
  /** Those that can be created, and why the others cannot. */
  bulkCreatePartial(
    scope: Scope<Row>,
    specs: Items<CreatorSpec<Row>>,
  ): UnitWrite<PartialResult<Data, CreatorSpec<Row>>>;
  /**
   * One row; a change of nothing returns the current one. Throws the domain's not-found error, VersionConflict where an
   * `expectedVersion` is no longer the row's, and OutsideScope for a change that would move it out of the scope.
   */
  update(scope: Scope<Row>, id: Id, spec: UpdaterSpec<Row>): StatementWrite<Data>;
  /** Null if the row does not meet the condition, or is not there: one statement, so of two callers one succeeds. */
  updateIf(
    scope: Scope<Row>,
    id: Id,
    condition: QueryCondition<Row>,
    spec: Omit<UpdaterSpec<Row>, 'expectedVersion'>,
  ): StatementWrite<Data | null>;
  /** All or nothing, each row in its own way, in the order given. Throws the domain's not-found error, and VersionConflict. */
  bulkUpdate(scope: Scope<Row>, updates: Items<BulkUpdate<Row, Id>>): UnitWrite<readonly Data[]>;
  /** Those that are there and can be changed, and why the others cannot. */
  bulkUpdatePartial(
    scope: Scope<Row>,
    updates: Items<BulkUpdate<Row, Id>>,
  ): UnitWrite<PartialResult<Data, BulkUpdate<Row, Id>>>;
  /** Hard, whether it was deleted before or not; returns the last data. Throws the domain's not-found error. */
  purge(scope: Scope<Row>, id: Id, options?: PurgeOptions): WriteSpec<Data>;
  /** Those that are there and that nothing keeps, and why the others cannot go. */
  bulkPurgePartial(scope: Scope<Row>, ids: Items<Id>): UnitWrite<PartialResult<Data, Id>>;
  /**
   * Creates a row, or changes the one that is there already. Throws the domain's already-exists error where that one is
   * outside of the scope, and RowDeleted where it is deleted (soft).
   */
  upsert(scope: Scope<Row>, spec: UpserterSpec<Row>): StatementWrite<UpsertResult<Data>>;
  /** The same for many, all or nothing, each row with its own values. */
  bulkUpsert(
    scope: Scope<Row>,
    specs: readonly CreatorSpec<Row>[],
    rule?: BulkUpsertRule<Row>,
  ): UnitWrite<BulkUpsertResult>;
  /** Those that can be created or changed, and why the others cannot. */
  bulkUpsertPartial(
    scope: Scope<Row>,
    specs: readonly CreatorSpec<Row>[],
    rule?: UpsertRule<Row>,
  ): UnitWrite<PartialUpsertResult<CreatorSpec<Row>>>;
  /** Changes rows in one way, all or nothing. */
  batchUpdate(
    scope: Scope<Row>,
    target: BatchTarget<Row, Id>,
    spec: Omit<UpdaterSpec<Row>, 'expectedVersion'>,
  ): StatementWrite<BatchResult>;
  /** Hard, whether rows were deleted before or not. */
  batchPurge(scope: Scope<Row>, target: BatchTarget<Row, Id>, options?: BatchPurgeOptions): WriteSpec<BatchResult>;
}

/** Those of an entity whose definition says `softDelete`; of any other they do not compile, and throw Misuse. */
export interface SoftDeletingOperations<Row extends object, Data, Id> extends EntityOperations<Row, Data, Id> {
  /** Soft: throws the domain's not-found error. */
  delete(scope: Scope<Row>, id: Id): StatementWrite<Data>;
  /** Brings a deleted row back; throws the domain's not-found error for one that is not deleted. */
  restore(scope: Scope<Row>, id: Id): StatementWrite<Data>;
  /** Soft, as `delete` is. */
  batchDelete(scope: Scope<Row>, target: BatchTarget<Row, Id>): StatementWrite<BatchResult>;
}

/** Makes the standard operations of an entity; those of soft deletion, too, where its definition says `softDelete`. */
export function entityOperations<Row extends object, Data, Id>(
  definition: SoftDeletingDefinition<Row, Data, Id>,
): SoftDeletingOperations<Row, Data, Id>;
export function entityOperations<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
): EntityOperations<Row, Data, Id>;
export function entityOperations<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
): SoftDeletingOperations<Row, Data, Id> {
  const within = <Spec extends ReadSpec<unknown> | StatementWrite<unknown>>(scope: Scope<Row>, spec: Spec): Spec =>
    withinScope(definition, scope, spec);
  // Of one row, or of new ones: nobody asks what is behind them.
  const alone = <Spec extends ReadSpec<unknown> | StatementWrite<unknown>>(scope: Scope<Row>, spec: Spec): Spec =>
    withinScope(definition, scope, spec, { relations: false });
  return Object.freeze<SoftDeletingOperations<Row, Data, Id>>({
    get: (scope, id, selection) => alone(scope, querier(definition, scope, id, selection)),
    find: (scope, id, selection) => alone(scope, finder(definition, scope, id, selection)),
    loadMany: (scope, ids, selection) => alone(scope, loader(definition, scope, ids, selection)),
    search: (scope, batchQuerier, selection) => within(scope, searcher(definition, scope, batchQuerier, selection)),
    project: (scope, columns, batchQuerier, selection) =>
      within(scope, projection(definition, scope, columns, batchQuerier, selection)),
    pagesPerParent: (scope, parents, batchQuerier, selection) =>
      within(scope, parentPages(definition, scope, parents, batchQuerier, selection)),
    aggregate: (scope, aggregation, selection) => within(scope, aggregator(definition, scope, aggregation, selection)),
    stream: (scope, query = {}, selection) => streamer(definition, scope, query, selection),
    streamColumns: (scope, columns, query = {}, selection) =>
      columnStreamer(definition, scope, columns, query, selection),
    count: (scope, condition, selection) => within(scope, counter(definition, scope, condition, selection)),
    create: (scope, spec) => owned(scope, alone(scope, creator(definition, scope, spec))),
    createNext: (scope, spec, rule) =>
      asking(definition, scope, nextValueCreator(definition, scope, spec, rule), creationOfOne(spec as never)),
    bulkCreate: (scope, specs, options) =>
      asking(definition, scope, bulkCreator(definition, scope, specs, options), creations(specs as never)),
    bulkCreatePartial: (scope, specs) =>
      asking(definition, scope, partialCreator(definition, scope, specs), creations(specs as never)),
    update: (scope, id, spec) => owned(scope, alone(scope, updater(definition, scope, id, spec))),
    updateIf: (scope, id, condition, spec) =>
      owned(scope, within(scope, conditionalUpdater(definition, scope, id, condition, spec))),
    bulkUpdate: (scope, updates) =>
      asking(definition, scope, bulkUpdater(definition, scope, updates), changes(updates as never)),
    bulkUpdatePartial: (scope, updates) =>
      asking(definition, scope, partialUpdater(definition, scope, updates), changes(updates as never)),
    delete: (scope, id) => owned(scope, alone(scope, deleter(definition, scope, id))),
    restore: (scope, id) => owned(scope, alone(scope, restorer(definition, scope, id))),
    purge: (scope, id, options) => asking(definition, scope, purger(definition, scope, id, options), purge(id)),
    bulkPurgePartial: (scope, ids) =>
      asking(definition, scope, partialPurger(definition, scope, ids), purges(ids as never)),
    upsert: (scope, spec) => owned(scope, alone(scope, upserter(definition, scope, spec))),
    bulkUpsert: (scope, specs, rule) =>
      asking(definition, scope, bulkUpserter(definition, scope, specs, rule), upserts(specs as never, rule as never)),
    bulkUpsertPartial: (scope, specs, rule) =>
      asking(
        definition,
        scope,
        partialUpserter(definition, scope, specs, rule),
        upserts(specs as never, rule as never),
      ),
    batchUpdate: (scope, target, spec) =>
      owned(scope, within(scope, batchSpec(definition, scope, target, { update: spec }))),
    batchDelete: (scope, target) => owned(scope, within(scope, batchSpec(definition, scope, target, 'delete'))),
    batchPurge: (scope, target, options) =>
      asking(definition, scope, batchPurger(definition, scope, target, options), purges(target as never)),
  });
}
