import { Misuse } from '@holdfast/errors';
import type { ColumnKey, QueryCondition, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';

interface OutdatedRowsArgs<Row> {
  readonly column: ColumnKey<Row>;
  readonly keepMs: number;
  /** The zone of times that say none. */
  readonly timeZone: string | null;
  /** What else they meet, or null. */
  readonly condition: QueryCondition<Row> | null;
}

/** The rows whose time is longer ago than they are kept, by the clock of the database alone. */
export class OutdatedRows<Row> {
  readonly condition: QueryCondition<Row> | null;
  readonly #args: OutdatedRowsArgs<Row>;

  constructor(args: OutdatedRowsArgs<Row>) {
    this.#args = args;
    this.condition = args.condition;
  }

  /** As SQL, without the condition. Throws Misuse for a column that holds no time, or one of which nobody says when it is. */
  compile(mapping: EntityMapping, writer: SqlWriter): string {
    const { column: property, keepMs, timeZone } = this.#args;
    const { sql, type } = mapping.column(property);
    const isStored = !type.array && type.conversion === undefined;
    const ms = (): string => `${writer.text(String(keepMs), 'float8')} * interval '1 millisecond'`;
    if (isStored && type.kind === 'timestamptz') return `${sql} < now() - ${ms()}`;
    if (!isStored || type.kind !== 'timestamp') {
      throw new Misuse(`${mapping.name}.${property} holds no time that a row can be older than.`);
    }
    if (timeZone === null) {
      throw new Misuse(`${mapping.name}.${property} has no time zone: say as \`timeZone\` in which its times are.`);
    }
    return `${sql} < (now() AT TIME ZONE ${writer.text(timeZone, 'text')}) - ${ms()}`;
  }
}
