import {
  type BatchResult,
  type BatchTarget,
  type BulkUpsertResult,
  type Changes,
  type DbReadSession,
  type DbWriteSession,
  entityOperations,
  type Executor,
  type LockOptions,
  type PartialResult,
  type ReadOptions,
  UniqueViolation,
  type UpsertResult,
  type WriteOptions,
} from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound, InvalidInput } from '@holdfast/errors';
import { type BatchQuerier, freeze, type Page, type QueryCondition, type Scope } from '@holdfast/querier';
import { NoteRow } from './note-row.js';

/** What a note is made from. */
export interface NoteSpec {
  readonly team?: string;
  readonly title: string;
  readonly color?: string | null;
}

export type Note = Readonly<NoteRow>;
export type NoteChange = Changes<Pick<NoteRow, 'title' | 'color'>>;
type Notes = Scope<NoteRow>;
type Target = BatchTarget<NoteRow, string>;

const notes = entityOperations<NoteRow, Note, string>({
  entity: NoteRow,
  toData: (row) => row,
  notFound: (id) => new EntityNotFound('note', `There is no note ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('note'),
  softDelete: 'deletedAt',
  conflictTarget: { columns: ['team', 'title'] },
  integrityErrorChecks: [
    {
      violation: UniqueViolation,
      constraint: 'notes_title_key',
      error: (violation) => new EntityAlreadyExists('note', undefined, violation),
    },
  ],
});

const valuesOf = ({ team, title, color = null }: NoteSpec) => ({
  values: { title, color, ...(team !== undefined && { team }) },
});

function checked(change: NoteChange): { readonly changes: NoteChange } {
  const stray = Object.keys(change).find((property) => property !== 'title' && property !== 'color');
  if (stray !== undefined) throw new InvalidInput('UNKNOWN_FIELD', `${stray} cannot be changed.`, `/${stray}`);
  return { changes: change };
}

/** A repository with all standard operations, sound. */
export class NoteRepository {
  readonly #executor: Executor;

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  within(dbSession: DbReadSession | DbWriteSession): NoteRepository {
    return new NoteRepository(dbSession);
  }

  async create(scope: Notes, spec: NoteSpec, options?: WriteOptions): Promise<Note> {
    return this.#executor.execute(notes.create(scope, valuesOf(spec)), options);
  }

  async bulkCreate(scope: Notes, specs: readonly NoteSpec[], options?: WriteOptions): Promise<readonly Note[]> {
    return this.#executor.execute(notes.bulkCreate(scope, specs.map(valuesOf)), options);
  }

  async bulkCreatePartial(
    scope: Notes,
    specs: readonly NoteSpec[],
    options?: WriteOptions,
  ): Promise<PartialResult<Note, NoteSpec>> {
    const spec = notes.bulkCreatePartial(scope, specs.map(valuesOf));
    const { successes, failures } = await this.#executor.execute(spec, options);
    return freeze({ successes, failures: failures.map((failure) => ({ ...failure, spec: specs[failure.index]! })) });
  }

  async upsert(scope: Notes, spec: NoteSpec, options?: WriteOptions): Promise<UpsertResult<Note>> {
    return this.#executor.execute(notes.upsert(scope, valuesOf(spec)), options);
  }

  async bulkUpsert(scope: Notes, specs: readonly NoteSpec[], options?: WriteOptions): Promise<BulkUpsertResult> {
    return this.#executor.execute(notes.bulkUpsert(scope, specs.map(valuesOf)), options);
  }

  async get(scope: Notes, id: string, options?: ReadOptions | LockOptions): Promise<Note> {
    return this.#executor.execute(notes.get(scope, id, options), options);
  }

  async find(scope: Notes, id: string, options?: ReadOptions | LockOptions): Promise<Note | null> {
    return this.#executor.execute(notes.find(scope, id, options), options);
  }

  async loadMany(scope: Notes, ids: readonly string[], options?: ReadOptions): Promise<readonly (Note | null)[]> {
    return this.#executor.execute(notes.loadMany(scope, ids, options), options);
  }

  async search(scope: Notes, querier: BatchQuerier<NoteRow>, options?: ReadOptions): Promise<Page<Note>> {
    return this.#executor.execute(notes.search(scope, querier, options), options);
  }

  async count(scope: Notes, condition: QueryCondition<NoteRow>, options?: ReadOptions): Promise<number> {
    return this.#executor.execute(notes.count(scope, condition, options), options);
  }

  async update(
    scope: Notes,
    id: string,
    change: NoteChange,
    { expectedVersion, ...options }: WriteOptions & { readonly expectedVersion?: number } = {},
  ): Promise<Note> {
    const spec = { ...checked(change), ...(expectedVersion !== undefined && { expectedVersion }) };
    return this.#executor.execute(notes.update(scope, id, spec), options);
  }

  async delete(scope: Notes, id: string, options?: WriteOptions): Promise<Note> {
    return this.#executor.execute(notes.delete(scope, id), options);
  }

  async restore(scope: Notes, id: string, options?: WriteOptions): Promise<Note> {
    return this.#executor.execute(notes.restore(scope, id), options);
  }

  async purge(scope: Notes, id: string, options?: WriteOptions): Promise<Note> {
    return this.#executor.execute(notes.purge(scope, id), options);
  }

  async batchUpdate(scope: Notes, target: Target, change: NoteChange, options?: WriteOptions): Promise<BatchResult> {
    return this.#executor.execute(notes.batchUpdate(scope, target, checked(change)), options);
  }

  async batchDelete(scope: Notes, target: Target, options?: WriteOptions): Promise<BatchResult> {
    return this.#executor.execute(notes.batchDelete(scope, target), options);
  }

  async batchPurge(
    scope: Notes,
    target: Target,
    { batchSize, ...options }: WriteOptions & { readonly batchSize?: number } = {},
  ): Promise<BatchResult> {
    const batches = batchSize === undefined ? {} : { batchSize };
    return this.#executor.execute(notes.batchPurge(scope, target, batches), options);
  }
}
