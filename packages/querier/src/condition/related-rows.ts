import type { RelationShape } from '../entity/entity-shape.js';
import type { RowSource } from '../entity/row-source.js';
import type { SqlWriter } from '../entity/sql-writer.js';

/** Who may see what behind relations, as a compiler needs to know it; made of a scope. */
export interface RelatedRows {
  /** What is visible behind a relation of the rows around. Throws Misuse where that was not said. */
  behind(relation: RelationShape, around: RowSource): VisibleRows;
}

export interface VisibleRows {
  /** Which of the rows are visible, as SQL that can stand in an AND. */
  restriction(rows: RowSource, writer: SqlWriter): string;
  /** And behind them. */
  readonly related: RelatedRows;
}
