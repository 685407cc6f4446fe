/** How far a transaction is kept apart from others (PostgreSQL 13.2). */
export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

const strength: Readonly<Record<string, number>> = {
  'read uncommitted': 0,
  'read committed': 0,
  'repeatable read': 1,
  serializable: 2,
};

/** Whether a transaction at `isolation` is kept apart at least as far as TypeORM's word for a level asks. */
export function isAtLeast(isolation: Isolation, asked: string): boolean {
  const level = strength[asked.toLowerCase()];
  return level !== undefined && strength[isolation]! >= level;
}
