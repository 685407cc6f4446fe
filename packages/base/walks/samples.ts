import { EntityNotFound } from '@holdfast/errors';
import { batchQuerier } from '@holdfast/querier';
import { entityOperations, type EntityOperations } from '../src/index.js';
import { ExtremeSampleRow, FilledSampleRow, NullableSampleRow, type SampleRow } from './sample-row.js';
import { tenantScope } from './tenant-scope.js';
import type { ReadPage } from './walk.js';
import type { WalkedDatabase } from './walked-database.js';
import type { WalkedOrder } from './walked-order.js';

/** One of the sample tables, as the product reads it and as plain SQL sorts it. */
export class Samples {
  readonly entity: typeof NullableSampleRow;
  readonly #operations: EntityOperations<SampleRow, string, string>;

  constructor(entity: typeof NullableSampleRow) {
    this.entity = entity;
    this.#operations = entityOperations<SampleRow, string, string>({
      entity,
      toData: ({ id }) => id,
      notFound: (id) => new EntityNotFound('sample', `There is no sample ${id}.`),
      alreadyExists: () => new EntityNotFound('sample', 'No sample is created this way.'),
    });
  }

  get table(): string {
    return this.entity.options.tableName!;
  }

  /** Reads pages the way an application does. `measureBoth` may change nothing. */
  pages({ database }: WalkedDatabase, tenant: string, { orders }: WalkedOrder, measureBoth = false): ReadPage {
    const scope = tenantScope(tenant);
    return (pagination) =>
      database.execute(this.#operations.search(scope, batchQuerier({ orders, pagination, measureBoth })));
  }

  /** The ids in the order of one full sort. */
  async sorted({ client }: WalkedDatabase, tenant: string, { orderBy }: WalkedOrder): Promise<readonly string[]> {
    const { rows } = await client.query<{ id: string }>(
      `SELECT s.id FROM ${this.table} s LEFT JOIN sample_parents p ON p.id = s.parent_id
       WHERE s.tenant = $1 ORDER BY ${orderBy}`,
      [tenant],
    );
    return rows.map(({ id }) => id);
  }
}

export const nullableSamples = new Samples(NullableSampleRow);

export const filledSamples = new Samples(FilledSampleRow);

export const extremeSamples = new Samples(ExtremeSampleRow);
