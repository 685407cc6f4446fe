import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { columnType, compileScope, freeze, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import type { SessionDependency, SessionDependencyGraph } from './session-dependency-graph.js';
import { SessionDependencyRow } from './session-dependency-row.js';
import type { SessionInfo } from './session-info.js';
import { SessionNotFound } from './session-not-found.js';
import { sessionRowLevelSecurity } from './session-row-level-security.js';
import { SessionRow, toSessionInfo } from './session-row.js';

/** The ids that a session depends on, behind its columns. */
const dependsOn = { property: 'dependsOn', sql: 'depends_on', type: columnType('text'), nullable: true };

/** A session with all that it waits for, however far away, by one recursive query. Throws `SessionNotFound`. */
export function readDependencyGraph(
  scope: Scope<SessionRow>,
  id: SessionId,
  { includeDeleted = false }: { readonly includeDeleted?: boolean } = {},
): ReadSpec<SessionDependencyGraph> {
  const spec = readSpec('readDependencyGraph', (catalog) => {
    const mapping = catalog.mappingOf(SessionRow);
    const dependencies = catalog.mappingOf(SessionDependencyRow).table;
    const writer = new SqlWriter();
    const live = includeDeleted ? '' : 's.deleted_at IS NULL AND ';
    const root = writer.element(mapping.key.type, id, '/id');
    const sql = `
      WITH RECURSIVE reached (id) AS (
        SELECT ${root}
        UNION
        SELECT d.depends_on FROM reached r
        CROSS JOIN LATERAL (SELECT depends_on FROM ${dependencies} WHERE session_id = r.id OFFSET 0) d
      )
      SELECT ${mapping.listOf('s')},
             (SELECT string_agg(d.depends_on::text, ' ' ORDER BY d.depends_on)
              FROM ${dependencies} d WHERE d.session_id = s.id) AS depends_on
      FROM reached JOIN ${mapping.table} s ON s.id = reached.id
      WHERE ${live}${compileScope(ownRows(mapping, 's'), scope, writer)}`;
    return {
      statement: mapping.returningAlso(dependsOn, sql),
      values: writer.values,
      finish({ rows, positions }): SessionDependencyGraph {
        const found = (rows as readonly SessionRow[]).map(toSessionInfo);
        return freeze(
          graphFrom(
            id,
            found,
            positions.map(([ids]) => ids?.split(' ') ?? []),
          ),
        );
      },
    };
  });
  return withinScope({ rowLevelSecurity: sessionRowLevelSecurity }, scope, spec, { relations: false });
}

/** From the root on, by steps; whatever can only be reached by way of a session that is not there is left out. */
function graphFrom(
  root: SessionId,
  found: readonly SessionInfo[],
  dependsOn: readonly (readonly string[])[],
): SessionDependencyGraph {
  const byId = new Map(found.map((session, i) => [session.id as string, { session, dependsOn: dependsOn[i]! }]));
  if (!byId.has(root.toLowerCase())) throw new SessionNotFound(root);
  const ordered = new Set([root.toLowerCase()]);
  const dependencies: SessionDependency[] = [];
  // What is added while it is walked is walked, too.
  for (const id of ordered) {
    for (const other of byId.get(id)!.dependsOn) {
      if (!byId.has(other)) continue;
      dependencies.push({ sessionId: id as SessionId, dependsOn: other as SessionId });
      ordered.add(other);
    }
  }
  return { sessions: [...ordered].map((id) => byId.get(id)!.session), dependencies };
}
