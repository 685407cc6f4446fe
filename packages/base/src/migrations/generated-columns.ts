import type { QueryRunner } from 'typeorm';

export interface GeneratedColumn {
  readonly table: string;
  readonly column: string;
  /** As the entity says it (`asExpression`). */
  readonly expression: string;
}

/**
 * Notes a generated column that a migration has made, where TypeORM looks for it: PostgreSQL prints an expression in its own
 * words, so that TypeORM compares the text of the entity with this note, and takes a column without one for missing.
 */
export async function noteGeneratedColumn(queryRunner: QueryRunner, noted: GeneratedColumn): Promise<void> {
  const notes = notesOf(queryRunner);
  await queryRunner.query(
    `CREATE TABLE IF NOT EXISTS ${notes}
     (type varchar NOT NULL, database varchar, schema varchar, "table" varchar, name varchar, value text)`,
  );
  await queryRunner.query(
    `INSERT INTO ${notes} (type, database, schema, "table", name, value)
     VALUES ('GENERATED_COLUMN', current_database(), current_schema(), $1, $2, $3)`,
    [noted.table, noted.column, noted.expression],
  );
}

/** Takes the notes of a table's columns back: for the way down. */
export async function forgetGeneratedColumns(queryRunner: QueryRunner, table: string): Promise<void> {
  await queryRunner.query(
    `DELETE FROM ${notesOf(queryRunner)}
     WHERE type = 'GENERATED_COLUMN' AND database = current_database() AND schema = current_schema() AND "table" = $1`,
    [table],
  );
}

function notesOf({ dataSource }: QueryRunner): string {
  return dataSource.driver.escape(dataSource.metadataTableName);
}
