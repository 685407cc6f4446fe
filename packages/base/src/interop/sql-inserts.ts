/** SQL of ours with its parameters, numbered from 1 on. */
interface Insert {
  readonly sql: string;
  readonly values: readonly (string | null)[];
}

// Quoted names and texts are left alone (PostgreSQL 4.1).
const parameter = /"(?:[^"]|"")*"|'(?:[^']|'')*'|\$(\d+)/g;
const mark = /"#insert (\d+)"/g;

/**
 * Stands in for SQL of ours in text that TypeORM writes, and puts it in when TypeORM is done. TypeORM names parameters and
 * would take the cast of `$1::uuid` for its parameter `uuid`; ours have no name that could be anybody else's.
 */
export class SqlInserts {
  readonly #inserts: Insert[] = [];

  /** What to write instead. Until it is replaced, it is a column that no table has. */
  add(sql: string, values: readonly (string | null)[]): string {
    return `"#insert ${this.#inserts.push({ sql, values }) - 1}"`;
  }

  /** The text with everything put in, its parameters behind those that the text has. */
  into(text: string, values: readonly unknown[]): [text: string, values: unknown[]] {
    const all = [...values];
    const starts = this.#inserts.map((insert) => all.push(...insert.values) - insert.values.length);
    const sql = text.replace(mark, (_, index: string) => renumbered(this.#inserts[+index]!.sql, starts[+index]!));
    return [sql, all];
  }
}

function renumbered(sql: string, start: number): string {
  return sql.replace(parameter, (found, number: string | undefined) =>
    number === undefined ? found : `$${Number(number) + start}`,
  );
}
