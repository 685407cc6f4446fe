import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { ColumnPlan } from './column-plan.js';
import type { EntityPlan } from './entity-plan.js';

/** A row as TypeORM and we hold it. */
export type FuzzedRow = Readonly<Record<string, unknown>>;

const generation = {
  uuid: { generated: 'uuid' },
  increment: { generated: 'increment' },
  identity: { generated: 'identity', generatedIdentity: 'BY DEFAULT' },
  'identity always': { generated: 'identity', generatedIdentity: 'ALWAYS' },
} as const;

const byRole: Readonly<Partial<Record<ColumnPlan['role'], Partial<EntitySchemaColumnOptions>>>> = {
  key: { primary: true },
  fixed: { insert: false, update: false },
  computed: { generatedType: 'STORED', asExpression: 'length("tenant")' },
  version: { version: true },
  createDate: { createDate: true },
  updateDate: { updateDate: true },
  deleteDate: { deleteDate: true },
};

/** The entity as TypeORM is told of it. */
export function entitySchema({ name, tableName, schema, columns }: EntityPlan): EntitySchema<FuzzedRow> {
  const options = columns.map((column) => [column.property, columnOptions(column)]);
  return new EntitySchema<FuzzedRow>({
    name,
    tableName,
    ...(schema === null ? {} : { schema }),
    columns: Object.fromEntries(options) as Record<string, EntitySchemaColumnOptions>,
  });
}

function columnOptions(column: ColumnPlan): EntitySchemaColumnOptions {
  const { name, role, type, array, nullable, generated } = column;
  const text = column.default?.text ?? null;
  return {
    ...type.options,
    ...(name === null ? {} : { name }),
    ...(array ? { array } : {}),
    ...(nullable ? { nullable } : {}),
    ...(text === null ? {} : { default: () => `'${text}'` }),
    ...(generated === null ? {} : generation[generated]),
    ...byRole[role],
  } as EntitySchemaColumnOptions;
}
