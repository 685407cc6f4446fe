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
  const objects = new Set(columns.flatMap(({ property }) => (property.includes('.') ? [property.split('.')[0]!] : [])));
  const embeddeds = Array.from(objects, (object) => {
    const inner = columns.filter(({ property }) => property.startsWith(`${object}.`));
    return [
      object,
      { schema: new EntitySchema({ name: `${name} ${object}`, columns: optionsOf(inner, object.length + 1) }) },
    ];
  });
  return new EntitySchema<FuzzedRow>({
    name,
    tableName,
    ...(schema === null ? {} : { schema }),
    columns: optionsOf(columns.filter(({ property }) => !property.includes('.'))),
    ...(objects.size === 0 ? {} : { embeddeds: Object.fromEntries(embeddeds) as Embeddeds }),
  });
}

type Embeddeds = NonNullable<ConstructorParameters<typeof EntitySchema>[0]['embeddeds']>;

/** The options of columns, without what is in front of their own names. */
function optionsOf(columns: readonly ColumnPlan[], before = 0): Record<string, EntitySchemaColumnOptions> {
  return Object.fromEntries(columns.map((column) => [column.property.slice(before), columnOptions(column)]));
}

function columnOptions(column: ColumnPlan): EntitySchemaColumnOptions {
  const { name, role, type, array, nullable, hidden, generated } = column;
  const text = column.default?.text ?? null;
  return {
    ...type.options,
    ...(name === null ? {} : { name }),
    ...(array ? { array } : {}),
    ...(nullable ? { nullable } : {}),
    ...(hidden ? { select: false } : {}),
    ...(text === null ? {} : { default: () => `'${text}'` }),
    ...(generated === null ? {} : generation[generated]),
    ...byRole[role],
  } as EntitySchemaColumnOptions;
}
