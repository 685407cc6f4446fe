import {
  type EntityOperations,
  everybodysRows,
  foreignRows,
  owned,
  type StatementWrite,
  unitSpec,
  type UnitWrite,
  writeSpec,
} from '@holdfast/base';
import type { ProjectId, UserId } from '@holdfast/domain-types';
import { columnType, quoteIdentifier, type Scope, SqlWriter } from '@holdfast/querier';
import { type GivenUsers, pieces, piecesOf } from './given-users.js';
import type { GroupInfo } from './group-info.js';
import { GroupMemberRow } from './group-member-row.js';
import type { GroupRow } from './group-row.js';
import type { MemberCheck } from './member-check.js';
import { type MemberOutcome, outcomeFormat, outcomesOf, sorted } from './member-outcome.js';
import type { AssignmentResult } from './member-results.js';

/** The group, and each piece of its new members. */
export const assignmentStatements = (users: number): number => 1 + piecesOf(users);

/**
 * Makes users members of a group, in one transaction: those who can be. The group is locked meanwhile, so that it stays;
 * so are the rows that the checks find.
 */
export function assignment(
  groups: EntityOperations<GroupRow, GroupInfo, ProjectId>,
  scope: Scope<GroupRow>,
  groupId: ProjectId,
  users: GivenUsers,
  checks: readonly MemberCheck[],
): UnitWrite<AssignmentResult> {
  const assigning = unitSpec(
    'assignUsers',
    async (unit): Promise<AssignmentResult> => {
      const group = await unit.execute(groups.get(scope, groupId, { lock: 'share' }));
      const outcomes = new Map<UserId, MemberOutcome>();
      for (const piece of pieces(users)) {
        for (const [user, outcome] of await unit.execute(newMembers(group, piece, checks))) outcomes.set(user, outcome);
      }
      const { done, idle, failures } = sorted(users, outcomes);
      return Object.freeze({ assigned: done, alreadyMembers: idle, failures });
    },
    { payload: () => JSON.stringify([groupId, ...users.keys()]) },
  );
  return owned(scope, assigning);
}

/**
 * One statement: the rows that users must have are found and locked, and those who have them become members. Who is about
 * to become one by another transaction is waited for, and then is one already.
 */
function newMembers(
  group: GroupInfo,
  users: readonly UserId[],
  checks: readonly MemberCheck[],
): StatementWrite<ReadonlyMap<UserId, MemberOutcome>> {
  return writeSpec('assignUsers', (catalog) => {
    const members = catalog.mappingOf(GroupMemberRow);
    const writer = new SqlWriter();
    const given = writer.list(columnType('uuid'), users, '');
    const groupId = writer.text(group.id, 'uuid');
    const found = checks.map((check, i) => `, found${i} AS MATERIALIZED (${locked(check, group, given, writer)})`);
    const failed = checks.map((_, i) => `WHEN NOT EXISTS (SELECT FROM found${i} f WHERE f.u = given.u) THEN ${i}`);
    const judged = failed.length === 0 ? 'NULL::int' : `CASE ${failed.join(' ')} END`;
    const sql =
      `WITH given AS (SELECT u FROM unnest(${given}) AS g(u))${found.join('')}, ` +
      `judged AS MATERIALIZED (SELECT u, ${judged} AS failed FROM given), ` +
      `stored AS (INSERT INTO ${members.table} (group_id, user_uuid) ` +
      `SELECT ${groupId}, u FROM judged WHERE failed IS NULL ORDER BY u ON CONFLICT DO NOTHING RETURNING user_uuid) ` +
      `SELECT j.u, j.failed, s.user_uuid IS NOT NULL FROM judged j LEFT JOIN stored s ON s.user_uuid = j.u`;
    return {
      statement: members.returning(sql, outcomeFormat).plannedAnew,
      values: writer.values,
      // Whether a user is there does not depend on who asks.
      ...(checks.length > 0 && { ahead: { settings: everybodysRows, checks: null } }),
      finish: ({ rows }) => outcomesOf(rows, checks),
    };
  });
}

/** The users that a check finds, as SQL; in one order for all callers, as they are locked. */
function locked(check: MemberCheck, { domainName }: GroupInfo, given: string, writer: SqlWriter): string {
  const { from, conditions } = foreignRows(check, writer);
  const column = `r.${quoteIdentifier(check.column)}`;
  const parts = [`${column} = ANY(${given})`, ...conditions];
  if (check.domainColumn !== null) {
    parts.push(`r.${quoteIdentifier(check.domainColumn)} = ${writer.text(domainName, 'text')}`);
  }
  return `SELECT ${column} AS u FROM ${from} WHERE ${parts.join(' AND ')} ORDER BY 1 FOR SHARE`;
}
