import { type CreatorSpec, entityOperations } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { type Jsonb, searchScope } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { type Job, TENANT } from './job.js';

export type JobRow = Omit<Job, 'requested_slots' | 'history'> & {
  readonly requested_slots: Jsonb<Job['requested_slots']>;
  readonly history: Jsonb<Job['history']>;
};

export const JobRow = new EntitySchema<JobRow>({
  name: 'Job',
  tableName: 'jobs',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    position: { type: 'bigint' },
    name: { type: 'text' },
    status: { type: 'text' },
    kind: { type: 'varchar', length: 20 },
    labels: { type: 'text', array: true },
    ports: { type: 'integer', array: true },
    requested_slots: { type: 'jsonb' },
    history: { type: 'jsonb' },
    price: { type: 'numeric', precision: 20, scale: 6 },
    used_ms: { type: 'bigint' },
    attempts: { type: 'integer' },
    priority: { type: 'smallint' },
    weight: { type: 'double precision' },
    is_public: { type: 'boolean' },
    created_at: { type: 'timestamptz' },
    starts_at: { type: 'timestamptz', nullable: true },
    due_on: { type: 'date' },
    note: { type: 'text', nullable: true },
  },
});

export const jobOperations = entityOperations<JobRow, Job, string>({
  entity: JobRow,
  toData: (row) => row,
  notFound: (id) => new EntityNotFound('job', `There is no job ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('job'),
});

export const jobScope = searchScope<JobRow>({ name: 'tenant', equals: { tenant: TENANT } });

/** What new rows are described by, one by one as they are asked for. */
export function* specsOf(jobs: Iterable<Job>): Generator<CreatorSpec<JobRow>> {
  for (const values of jobs) yield { values };
}
