import { Misuse } from '@holdfast/errors';
import { assemblePage, type Page, type PageStatement } from '@holdfast/querier';
import type { ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import type { Plan } from '../specs/spec.js';
import { rowSink } from '../wire/row-sink.js';
import { privateNames } from './page-query.js';

interface AppliedSearchArgs<Row extends ObjectLiteral> {
  readonly builder: SelectQueryBuilder<Row>;
  readonly statement: PageStatement;
  readonly text: string;
  readonly values: unknown[];
  readonly checks: Plan<void> | null;
}

/** A search that a builder of TypeORM was made into. */
export class AppliedSearch<Row extends ObjectLiteral> {
  readonly #args: AppliedSearchArgs<Row>;

  constructor(args: AppliedSearchArgs<Row>) {
    this.#args = args;
    const { builder, text, values } = args;
    builder.getQueryAndParameters = () => [text, [...values]];
    Object.freeze(this);
  }

  /** What is sent, for a log or an EXPLAIN. */
  getQueryAndParameters(): [text: string, values: unknown[]] {
    return this.#args.builder.getQueryAndParameters();
  }

  /**
   * The page, of entities as TypeORM makes them: on the builder's own connection, if it has one, else on one of the pool.
   * Existence checks of the scope are asked ahead, in a statement of their own, and see what that connection may see.
   * Errors of the database are TypeORM's.
   */
  async getPage(): Promise<Page<Row>> {
    const { builder, statement } = this.#args;
    await this.#checkExistence();
    const { entities, raw } = await builder.getRawAndEntities<Readonly<Record<string, unknown>>>();
    const rows = raw.filter((row, index) => row['#n'] !== null && row['#n'] !== raw[index - 1]?.['#n']);
    if (rows.length !== entities.length) {
      throw new Misuse(
        `TypeORM makes ${entities.length} entities of ${rows.length} rows: their keys read alike when joined.`,
      );
    }
    const names = privateNames(statement);
    return assemblePage(statement, {
      items: entities,
      positions: rows.map((row) => names.map((name) => row[name] as string | null)),
      leads: statement.leads.map((name) => Number(raw[0]?.[`#${name}`] ?? 0)),
    });
  }

  async #checkExistence(): Promise<void> {
    const { builder, checks } = this.#args;
    if (checks === null) return;
    const { sql, format } = checks.statement;
    // Answers are known by their place, and TypeORM knows columns by their name.
    const names = format!.columns.map(({ property }) => `"${property}"`).join(', ');
    const { queryRunner } = builder as unknown as { readonly queryRunner?: QueryRunner };
    const rows = await builder.dataSource.query<object[]>(
      `SELECT * FROM (${sql}) c (${names})`,
      [...checks.values],
      queryRunner,
    );
    checks.finish({ ...rowSink(), rows });
  }
}
