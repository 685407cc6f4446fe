import { EntitySchema, type EntitySchemaColumnOptions, type EntityTarget } from 'typeorm';
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

/** What tells the rows of an entity from those of others in the same table. */
export const KIND = "one's own";
export const OTHER_KIND = 'another';
export const KIND_COLUMN = 'kind';

/** An entity as TypeORM is told of it, and as it is asked for it. */
export interface FuzzedEntity {
  readonly schemas: readonly EntitySchema[];
  readonly entity: EntityTarget<FuzzedRow>;
}

export function fuzzedEntity(plan: EntityPlan): FuzzedEntity {
  const { name, inherits } = plan;
  if (!inherits) {
    const schema = new EntitySchema<FuzzedRow>({ name, ...tableOf(plan) });
    return { schemas: [schema as EntitySchema], entity: schema };
  }
  // TypeORM asks the classes who inherits from whom, and knows an entity by its class alone.
  class Parent {}
  class Child extends Parent {}
  Object.defineProperty(Child, 'name', { value: name });
  const parent = new EntitySchema({
    name: `${name} parent`,
    target: Parent,
    ...tableOf(plan),
    inheritance: { pattern: 'STI', column: { name: KIND_COLUMN, type: 'varchar' } },
  });
  const child = new EntitySchema({ name, target: Child, type: 'entity-child', discriminatorValue: KIND, columns: {} });
  return { schemas: [parent, child], entity: Child };
}

function tableOf({ name, tableName, schema, columns }: EntityPlan): Omit<SchemaOptions, 'name'> {
  const objects = new Set(columns.flatMap(({ property }) => (property.includes('.') ? [property.split('.')[0]!] : [])));
  const embeddeds = Array.from(objects, (object) => {
    const inner = columns.filter(({ property }) => property.startsWith(`${object}.`));
    const columnsOfIt = optionsOf(inner, object.length + 1);
    return [object, { schema: new EntitySchema({ name: `${name} ${object}`, columns: columnsOfIt }) }];
  });
  return {
    tableName,
    ...(schema === null ? {} : { schema }),
    columns: optionsOf(columns.filter(({ property }) => !property.includes('.'))),
    ...(objects.size === 0
      ? {}
      : { embeddeds: Object.fromEntries(embeddeds) as NonNullable<SchemaOptions['embeddeds']> }),
  };
}

type SchemaOptions = ConstructorParameters<typeof EntitySchema>[0];

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
