import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { type SAMPLE_ENUM, sampleColumns } from './sample-columns.js';

/** What a sample belongs to. */
export interface SampleParentRow {
  readonly id: number;
  readonly name: string | null;
  readonly rank: number;
}

/** A row that walks meet. The tables differ in what the columns of the types may hold. */
export interface SampleRow {
  readonly id: string;
  readonly tenant: string;
  readonly parentId: number | null;
  readonly parent?: SampleParentRow | null;
  /** Few values, never NULL. */
  readonly rank: number;
  /** A text in the order of a language. */
  readonly word: string | null;
  /** Nothing is ordered by it. */
  readonly note: string | null;
  readonly timestamptz: Date | null;
  readonly timestamp: Date | null;
  readonly date: string | null;
  readonly numeric: string | null;
  readonly bigint: string | null;
  readonly float8: number | null;
  readonly text: string | null;
  readonly uuid: string | null;
  readonly enum: (typeof SAMPLE_ENUM)[number] | null;
  readonly boolean: boolean | null;
  readonly bytea: Uint8Array | null;
}

export const SampleParentRow = new EntitySchema<SampleParentRow>({
  name: 'SampleParent',
  tableName: 'sample_parents',
  columns: {
    id: { type: 'int', primary: true },
    name: { type: 'text', nullable: true },
    rank: { type: 'int' },
  },
});

function sampleEntity(name: string, tableName: string, nullable: boolean): EntitySchema<SampleRow> {
  const typed = Object.entries(sampleColumns).map(([column, { options }]) => [column, { ...options, nullable }]);
  return new EntitySchema<SampleRow>({
    name,
    tableName,
    columns: {
      id: { type: 'bigint', primary: true },
      tenant: { type: 'text' },
      parentId: { type: 'int', name: 'parent_id', nullable: true },
      rank: { type: 'int' },
      word: { type: 'text', nullable: true },
      note: { type: 'text', nullable: true },
      ...(Object.fromEntries(typed) as Record<string, EntitySchemaColumnOptions>),
    },
    relations: {
      parent: { type: 'many-to-one', target: SampleParentRow, joinColumn: { name: 'parent_id' }, nullable: true },
    },
  });
}

/** Every typed column may be NULL. */
export const NullableSampleRow = sampleEntity('NullableSample', 'nullable_samples', true);

/** No typed column may be NULL. */
export const FilledSampleRow = sampleEntity('FilledSample', 'filled_samples', false);

/** Times that no Date can hold, so that only who reads texts can walk through them. */
export const ExtremeSampleRow = sampleEntity('ExtremeSample', 'extreme_samples', true);
