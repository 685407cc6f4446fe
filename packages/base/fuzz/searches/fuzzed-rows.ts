import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { columnOptions, DATABASE_PREFIX, fuzzedColumn, type FuzzedColumn } from './fuzzed-column.js';
import * as values from './fuzzed-values.js';

/** A row with a column of every kind, and relations to owners of every kind. */
export interface ThingRow {
  readonly id: string;
  readonly tenant: string;
  readonly ownerId: string | null;
  readonly name: string;
  readonly title: string | null;
  /** Nobody may see it. */
  readonly secret: string;
  readonly small: number | null;
  readonly rank: number;
  readonly views: string | null;
  readonly price: string | null;
  readonly ratio: number | null;
  readonly weight: number | null;
  readonly isPinned: boolean;
  readonly mood: (typeof values.MOODS)[number] | null;
  readonly createdAt: Date;
  readonly dueAt: Date | null;
  readonly day: string | null;
  readonly time: string | null;
  readonly bytes: Uint8Array | null;
  readonly tags: readonly string[] | null;
  readonly scores: readonly number[];
  readonly moods: readonly (typeof values.MOODS)[number][] | null;
  readonly facts: Jsonb<Record<string, unknown>> | null;
  readonly notes: Jsonb<Record<string, unknown>> | null;
  readonly deletedAt: Date | null;
  readonly owner?: OwnerRow | null;
  readonly fans?: readonly OwnerRow[];
}

/** What stands before a thing, and before another owner. */
export interface OwnerRow {
  readonly id: string;
  readonly tenant: string;
  readonly bossId: string | null;
  readonly name: string;
  readonly level: number | null;
  readonly secret: string;
  readonly deletedAt: Date | null;
  readonly boss?: OwnerRow | null;
  readonly things?: readonly ThingRow[];
  readonly favorites?: readonly ThingRow[];
}

const nullable = { nullable: true };
const deletedAt = fuzzedColumn('timestamptz', 'instant', ['2024-01-01T00:00:00Z'], { ...nullable, deleteDate: true });
const mood = { enum: [...values.MOODS], enumName: `${DATABASE_PREFIX}mood`, ...nullable };

export const thingColumns: Readonly<Record<string, FuzzedColumn>> = {
  id: fuzzedColumn('uuid', 'uuid', values.uuids, { primary: true }),
  tenant: fuzzedColumn('text', 'text', values.TENANTS),
  ownerId: fuzzedColumn('uuid', 'uuid', values.uuids, nullable),
  name: fuzzedColumn('text', 'text', values.texts),
  title: fuzzedColumn('varchar', 'text', values.texts, nullable),
  secret: fuzzedColumn('text', 'text', values.texts),
  small: fuzzedColumn('smallint', 'integer', values.integers, nullable),
  rank: fuzzedColumn('int', 'integer', values.integers.slice(0, 4)),
  views: fuzzedColumn('bigint', 'integer', values.bigints, nullable),
  price: fuzzedColumn('numeric', 'numeric', values.decimals, nullable),
  ratio: fuzzedColumn('double precision', 'double', values.doubles, nullable),
  weight: fuzzedColumn('real', 'real', values.reals, nullable),
  isPinned: fuzzedColumn('boolean', 'boolean', [true, false]),
  mood: fuzzedColumn('enum', 'enum', values.MOODS, mood),
  createdAt: fuzzedColumn('timestamptz', 'instant', values.instants),
  dueAt: fuzzedColumn('timestamp', 'local', values.localTimes, nullable),
  day: fuzzedColumn('date', 'day', values.days, nullable),
  time: fuzzedColumn('time', 'time', values.times, nullable),
  bytes: fuzzedColumn('bytea', 'bytes', values.bytes, nullable),
  tags: fuzzedColumn('text', 'text', values.texts, { array: true, ...nullable }),
  scores: fuzzedColumn('int', 'integer', values.integers, { array: true }),
  moods: fuzzedColumn('enum', 'enum', values.MOODS, { ...mood, array: true }),
  facts: fuzzedColumn('jsonb', 'json', values.documents, nullable),
  notes: fuzzedColumn('json', 'json', values.documents, nullable),
  deletedAt,
};

export const ownerColumns: Readonly<Record<string, FuzzedColumn>> = {
  id: fuzzedColumn('uuid', 'uuid', values.uuids, { primary: true }),
  tenant: fuzzedColumn('text', 'text', values.TENANTS),
  bossId: fuzzedColumn('uuid', 'uuid', values.uuids, nullable),
  name: fuzzedColumn('text', 'text', values.texts),
  level: fuzzedColumn('int', 'integer', values.integers, nullable),
  secret: fuzzedColumn('text', 'text', values.texts),
  deletedAt,
};

const key = (property: string): { name: string } => ({ name: DATABASE_PREFIX + property });

export const ThingRow = new EntitySchema<ThingRow>({
  name: 'Thing',
  tableName: `${DATABASE_PREFIX}things`,
  columns: columnOptions(thingColumns) as never,
  relations: {
    owner: { type: 'many-to-one', target: 'Owner', joinColumn: key('ownerid'), inverseSide: 'things', nullable: true },
    fans: {
      type: 'many-to-many',
      target: 'Owner',
      inverseSide: 'favorites',
      joinTable: { ...key('likings'), joinColumn: key('thing'), inverseJoinColumn: key('fan') },
    },
  },
});

export const OwnerRow = new EntitySchema<OwnerRow>({
  name: 'Owner',
  tableName: `${DATABASE_PREFIX}owners`,
  columns: columnOptions(ownerColumns) as never,
  relations: {
    boss: { type: 'many-to-one', target: 'Owner', joinColumn: key('bossid'), nullable: true },
    things: { type: 'one-to-many', target: 'Thing', inverseSide: 'owner' },
    favorites: { type: 'many-to-many', target: 'Thing', inverseSide: 'fans' },
  },
});
