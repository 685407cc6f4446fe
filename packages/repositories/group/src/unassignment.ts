import {
  checkSeesLatest,
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
import type { MemberConflictCheck } from './member-conflict-check.js';
import { type MemberOutcome, outcomeFormat, outcomesOf, sorted } from './member-outcome.js';
import type { UnassignmentResult } from './member-results.js';

/** The group, and for each piece of its members that they are locked, and that they go. */
export const unassignmentStatements = (users: number): number => 1 + 2 * piecesOf(users);

/**
 * Takes users out of a group, in one transaction: those whom nothing keeps. They are locked first, and then the checks
 * are asked: by a statement of its own, which sees what whoever held a lock before has committed.
 */
export function unassignment(
  groups: EntityOperations<GroupRow, GroupInfo, ProjectId>,
  scope: Scope<GroupRow>,
  groupId: ProjectId,
  users: GivenUsers,
  checks: readonly MemberConflictCheck[],
): UnitWrite<UnassignmentResult> {
  const unassigning = unitSpec(
    'unassignUsers',
    async (unit): Promise<UnassignmentResult> => {
      if (checks.length > 0) checkSeesLatest(unit, 'A removal of members with conflict checks');
      const { id } = await unit.execute(groups.get(scope, groupId));
      const outcomes = new Map<UserId, MemberOutcome>();
      for (const piece of pieces(users)) {
        // Who becomes a member from here on is not locked, and stays.
        const members = await unit.execute(locked(id, piece));
        if (members.length === 0) continue;
        for (const [user, outcome] of await unit.execute(removal(id, members, checks))) outcomes.set(user, outcome);
      }
      const { done, idle, failures } = sorted(users, outcomes);
      return Object.freeze({ removed: done, notMembers: idle, failures });
    },
    { payload: () => JSON.stringify([groupId, ...users.keys()]) },
  );
  return owned(scope, unassigning);
}

/** Locks those of the users who are members; in one order for all callers. */
function locked(groupId: ProjectId, users: readonly UserId[]): StatementWrite<readonly UserId[]> {
  return writeSpec('unassignUsers', (catalog) => {
    const members = catalog.mappingOf(GroupMemberRow);
    const writer = new SqlWriter();
    const given = writer.list(columnType('uuid'), users, '');
    const sql =
      `SELECT ${members.list} FROM ${members.table} ` +
      `WHERE group_id = ${writer.text(groupId, 'uuid')} AND user_uuid = ANY(${given}) ORDER BY user_uuid FOR UPDATE`;
    return {
      statement: members.returningRows(sql).plannedAnew,
      values: writer.values,
      writes: false,
      finish: ({ rows }) => (rows as readonly GroupMemberRow[]).map(({ userUuid }) => userUuid),
    };
  });
}

/** Removes those of locked members whom nothing keeps. */
function removal(
  groupId: ProjectId,
  users: readonly UserId[],
  checks: readonly MemberConflictCheck[],
): StatementWrite<ReadonlyMap<UserId, MemberOutcome>> {
  return writeSpec('unassignUsers', (catalog) => {
    const members = catalog.mappingOf(GroupMemberRow);
    const writer = new SqlWriter();
    const given = writer.list(columnType('uuid'), users, '');
    const id = writer.text(groupId, 'uuid');
    const kept = checks.map((check, i) => `WHEN ${referringRow(check, id, writer)} THEN ${i}`);
    const judged = kept.length === 0 ? 'NULL::int' : `CASE ${kept.join(' ')} END`;
    const sql =
      `WITH judged AS MATERIALIZED (SELECT u, ${judged} AS failed FROM unnest(${given}) AS g(u)), ` +
      `gone AS (DELETE FROM ${members.table} m USING judged j ` +
      `WHERE m.group_id = ${id} AND m.user_uuid = j.u AND j.failed IS NULL RETURNING m.user_uuid) ` +
      `SELECT j.u, j.failed, g.user_uuid IS NOT NULL FROM judged j LEFT JOIN gone g ON g.user_uuid = j.u`;
    return {
      statement: members.returning(sql, outcomeFormat).plannedAnew,
      values: writer.values,
      // Whoever refers to a member does so whoever asks.
      ...(checks.length > 0 && { ahead: { settings: everybodysRows, checks: null } }),
      finish: ({ rows }) => outcomesOf(rows, checks),
    };
  });
}

/** That a row refers to the member `g.u`, as SQL. */
function referringRow(check: MemberConflictCheck, groupId: string, writer: SqlWriter): string {
  const { from, conditions } = foreignRows(check, writer);
  const [group, user] = [check.groupColumn, check.userColumn].map(quoteIdentifier);
  return `EXISTS (SELECT FROM ${from} WHERE ${[`r.${group} = ${groupId}`, `r.${user} = g.u`, ...conditions].join(' AND ')})`;
}
