import type { ColumnPlan } from './column-plan.js';

/** An entity that was made at random. */
export interface EntityPlan {
  readonly name: string;
  readonly tableName: string;
  /** Null: that of the connection. */
  readonly schema: string | null;
  readonly columns: readonly ColumnPlan[];
  /** Whether it has its table in common with others, by single-table inheritance. */
  readonly inherits: boolean;
}

export function columnsOf({ columns }: EntityPlan, role: ColumnPlan['role']): readonly ColumnPlan[] {
  return columns.filter((column) => column.role === role);
}
