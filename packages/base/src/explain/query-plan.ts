/** A node of a plan, as PostgreSQL writes it (14.1, EXPLAIN). What it says depends on its type and on the options. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Alias?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Filter?: string;
  readonly 'Sort Key'?: readonly string[];
  readonly 'Startup Cost': number;
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
  readonly 'Plan Width': number;
  /** With `analyze`: of one loop, on average. */
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  /** With `analyze`: in milliseconds. */
  readonly 'Actual Total Time'?: number;
  readonly 'Rows Removed by Filter'?: number;
  /** With `buffers`: pages of 8 kB, those of the nodes below included. */
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
  readonly [name: string]: unknown;
}

/** The plan that PostgreSQL has for a statement. */
export interface QueryPlan {
  readonly Plan: PlanNode;
  /** With `analyze`: in milliseconds. */
  readonly 'Planning Time'?: number;
  readonly 'Execution Time'?: number;
  readonly [name: string]: unknown;
}
