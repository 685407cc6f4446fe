import {
  columnType,
  compileCondition,
  defaultLimits,
  type ExistenceCheck,
  ownRows,
  rowsOfEntity,
  SqlWriter,
  unscoped,
  visibleBehind,
} from '@holdfast/querier';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { RowFormat } from '../wire/row-decoder.js';
import type { Plan } from './spec.js';

/**
 * All checks as one statement that answers for each whether its row is there; null where there are none. Its end throws
 * the error of the first one, as declared, whose row is not. Equal checks are asked once.
 */
export function compileExistenceChecks(catalog: EntityCatalog, checks: readonly ExistenceCheck[]): Plan<void> | null {
  const different = withoutRepetition(catalog, checks);
  if (different.length === 0) return null;
  const writer = new SqlWriter();
  const answers = different.map((check) => existence(catalog, check, writer));
  return {
    statement: catalog
      .mappingOf(entityOf(different[0]!))
      .returning(`SELECT ${answers.join(', ')}`, formatOf(answers.length)),
    values: writer.values,
    finish({ rows }) {
      const answer = rows[0] as Readonly<Record<string, boolean>>;
      const missing = different.find((_, i) => !answer[i]!);
      if (missing !== undefined) throw missing.error();
    },
  };
}

function existence(catalog: EntityCatalog, check: ExistenceCheck, writer: SqlWriter): string {
  const mapping = catalog.mappingOf(entityOf(check));
  const condition = compileCondition(mapping, check.condition, everything, writer, defaultLimits, '/existenceChecks');
  // What TypeORM knows as deleted is not there.
  const present = mapping.deletedAt === null ? 'TRUE' : `${mapping.deletedAt.sql} IS NULL`;
  const parts = [condition, rowsOfEntity(ownRows(mapping)), present].filter((part) => part !== 'TRUE');
  return `EXISTS (SELECT FROM ${mapping.table} WHERE ${parts.join(' AND ') || 'TRUE'})`;
}

/** The first of those that ask for the same: what is compiled tells. */
function withoutRepetition(catalog: EntityCatalog, checks: readonly ExistenceCheck[]): readonly ExistenceCheck[] {
  if (checks.length < 2) return checks;
  const asked = new Map<string, ExistenceCheck>();
  for (const check of checks) {
    const writer = new SqlWriter();
    const question = JSON.stringify([existence(catalog, check, writer), writer.values]);
    if (!asked.has(question)) asked.set(question, check);
  }
  return [...asked.values()];
}

function entityOf({ entity }: ExistenceCheck): EntityTarget<ObjectLiteral> {
  return entity as EntityTarget<ObjectLiteral>;
}

const everything = visibleBehind(unscoped('whether something exists does not depend on who asks'));

const formats: RowFormat[] = [];

/** As many booleans as there are answers, by position. */
function formatOf(answers: number): RowFormat {
  return (formats[answers] ??= {
    columns: Array.from({ length: answers }, (_, i) => ({
      property: String(i),
      sql: String(i),
      type: columnType('boolean'),
      nullable: false,
    })),
    extra: [],
    keys: [],
    leads: 0,
  });
}
