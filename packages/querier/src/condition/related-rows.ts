import type { RelationShape } from '../entity/entity-shape.js';
import type { RowSource } from '../entity/row-source.js';
import type { SqlWriter } from '../entity/sql-writer.js';

/** Who may see what behind relations, as a compiler needs to know it; made of a scope. */
export interface RelatedRows {
  /**
   * What is visible behind a relation of the rows around. Where that was not said throws InvalidInput with the pointer of
   * what asks for it, and without one Misuse.
   */
  behind(relation: RelationShape, around: RowSource, pointer?: string): VisibleRows;
}

export interface VisibleRows {
  /** Which of the rows are visible, as SQL that can stand in an AND. */
  restriction(rows: RowSource, writer: SqlWriter): string;
  /** And behind them. */
  readonly related: RelatedRows;
}
