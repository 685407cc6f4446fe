import type { OracleRelation } from '../oracle/oracle-entity.js';
import { type SpecimenColumn, specimenColumn, specimenEnum } from './specimen-column.js';

/** An entity as the oracle, the compiler and CREATE TABLE know it. */
export interface SpecimenEntity {
  readonly name: string;
  readonly columns: Readonly<Record<string, SpecimenColumn>>;
  readonly relations: Record<string, SpecimenRelation>;
  readonly primaryKey: readonly string[];
  readonly deletedAt: string | null;
}

export interface SpecimenRelation extends OracleRelation {
  readonly target: SpecimenEntity;
}

/** Not in alphabetical order: enums are ordered as declared. */
export const MOODS = ['sad', 'glad', 'Odd', "it's 50% {so} so"] as const;

const columnsOf = (specs: Readonly<Record<string, string>>): Record<string, SpecimenColumn> =>
  Object.fromEntries(Object.entries(specs).map(([property, spec]) => [property, specimenColumn(spec)]));

/** An entity with a column of every kind. */
export const specimen: SpecimenEntity = {
  name: 'specimen',
  columns: {
    ...columnsOf({
      id: 'uuid',
      makerId: 'uuid?',
      name: 'text?',
      title: 'varchar?',
      label: 'text',
      small: 'smallint?',
      rank: 'integer',
      views: 'bigint?',
      price: 'numeric?',
      ratio: 'float8?',
      real: 'real?',
      isPinned: 'boolean?',
      createdAt: 'timestamptz?',
      dueAt: 'timestamp?',
      day: 'date?',
      time: 'time?',
      bytes: 'bytea?',
      facts: 'jsonb?',
      notes: 'json?',
      tags: 'text[]?',
      scores: 'integer[]?',
      prices: 'numeric[]?',
      ratios: 'float8[]?',
      flags: 'boolean[]?',
      instants: 'timestamptz[]?',
      blobs: 'bytea[]?',
      documents: 'jsonb[]?',
    }),
    mood: specimenEnum('mood', MOODS),
    moods: specimenEnum('mood', MOODS, true),
  },
  relations: {},
  primaryKey: ['id'],
  deletedAt: null,
};

/** What stands before a specimen, and before another maker. */
export const maker: SpecimenEntity = {
  name: 'maker',
  columns: columnsOf({
    id: 'uuid',
    bossId: 'uuid?',
    name: 'text?',
    rank: 'integer',
    facts: 'jsonb?',
    deletedAt: 'timestamptz?',
  }),
  relations: {},
  primaryKey: ['id'],
  deletedAt: 'deletedAt',
};

/** What a specimen has many of, under a primary key of two columns. */
export const part: SpecimenEntity = {
  name: 'part',
  columns: columnsOf({ specimenId: 'uuid', position: 'integer', name: 'text?', rank: 'integer?' }),
  relations: {},
  primaryKey: ['specimenId', 'position'],
  deletedAt: null,
};

/** The table between specimens and the makers that like them. */
export const liking: SpecimenEntity = {
  name: 'liking',
  columns: columnsOf({ specimenId: 'uuid', makerId: 'uuid' }),
  relations: {},
  primaryKey: ['specimenId', 'makerId'],
  deletedAt: null,
};

export const specimenEntities: readonly SpecimenEntity[] = [specimen, maker, part, liking];

const one = (target: SpecimenEntity, own: string): SpecimenRelation => ({
  many: false,
  target,
  on: [[own, 'id']],
  junction: null,
});
const many = (target: SpecimenEntity, other: string): SpecimenRelation => ({
  many: true,
  target,
  on: [['id', other]],
  junction: null,
});

// Afterwards, since they lead in circles.
specimen.relations['maker'] = one(maker, 'makerId');
specimen.relations['parts'] = many(part, 'specimenId');
specimen.relations['fans'] = {
  many: true,
  target: maker,
  on: [['id', 'specimenId']],
  junction: { table: 'liking', on: [['makerId', 'id']] },
};
maker.relations['boss'] = one(maker, 'bossId');
maker.relations['specimens'] = many(specimen, 'makerId');
part.relations['specimen'] = one(specimen, 'specimenId');
