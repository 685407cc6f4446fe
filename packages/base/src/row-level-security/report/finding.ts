/**
 * What a finding means. `defeats`: rows of others can be read or written. `reveals`: that a row of others is there, or a
 * value of it, can be found out. `slows`: an index does not help where it would without row-level security.
 */
export type RowLevelSecuritySeverity = 'defeats' | 'reveals' | 'slows';

/** Something that row-level security does not do in this database, as this role. */
export interface RowLevelSecurityFinding {
  readonly severity: RowLevelSecuritySeverity;
  readonly code:
    | 'role-bypasses'
    | 'owner-not-forced'
    | 'not-enabled'
    | 'policy-missing'
    | 'policy-differs'
    | 'policy-added'
    | 'view-bypasses'
    | 'materialized-view'
    | 'function-bypasses'
    | 'child-unguarded'
    | 'foreign-key'
    | 'unique-index'
    | 'not-leakproof';
  /** The role, table, index, column … that it is about, as SQL names it. */
  readonly object: string;
  /** One sentence. */
  readonly message: string;
}
