import type { Database, DbReadSession, DbWriteSession } from '@holdfast/base';
import type { ScalingGroupName } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import type { CallOptions } from '@holdfast/operation';
import { unscoped } from '@holdfast/querier';
import type { RawActiveAgent, RawOccupation, RawSchedulingData, RawWaitingSession } from './raw-scheduling-data.js';
import { scheduleDbSourceResilience } from './schedule-resilience.js';
import type { SchedulingData } from './scheduling-data.js';
import { toSchedulingData } from './to-scheduling-data.js';

const rowScope = unscoped('a scheduler shares out what all tenants ask for');

/**
 * Reads what a scheduler needs from tables of other packages, known by these columns alone:
 * - `sessions`: id, status, priority, cluster_mode, cluster_size, domain_name, group_id, user_uuid, access_key,
 *   scaling_group_name, requested_slots, result, created_at, starts_at, deleted_at
 * - `session_dependencies`: session_id, depends_on
 * - `agents`: id, status, schedulable, scaling_group_name, architecture, gpu_model, available_slots, deleted_at
 * - `kernels`: id, agent_id, status
 * - `resource_allocations`: kernel_id, slot_name, requested, used, freed_at
 */
export class ScheduleDbSource {
  readonly #database: Database;
  readonly #dbSession: DbReadSession | null;

  constructor(database: Database, dbSession: DbReadSession | null = null) {
    this.#database = database;
    this.#dbSession = dbSession;
  }

  /** The same source inside a running unit of work. */
  within(dbSession: DbReadSession | DbWriteSession): this {
    return new ScheduleDbSource(this.#database, dbSession) as this;
  }

  /** Reads everything in one snapshot, or as the dbSession sees it; computes after the connection is back, if it was taken. */
  @scheduleDbSourceResilience.apply()
  async getSchedulingData(scalingGroupName: ScalingGroupName, options?: CallOptions): Promise<SchedulingData> {
    const fetch = (dbSession: DbReadSession): Promise<RawSchedulingData> =>
      this.#fetchSchedulingData(dbSession, scalingGroupName);
    const raw =
      this.#dbSession === null
        ? await this.#database.beginReadonlySession(fetch, { ...options, snapshot: true, rowScope })
        : await this.#seeingAll(this.#dbSession).then(fetch);
    return toSchedulingData(scalingGroupName, raw);
  }

  // What row-level security hides is simply not there: half of what waits would be scheduled as if it were all.
  async #seeingAll(dbSession: DbReadSession): Promise<DbReadSession> {
    const [row] = await dbSession.sql<{ isHidden: boolean }>`
      SELECT (row_security_active('sessions') OR row_security_active('kernels') OR row_security_active('agents')
              OR row_security_active('resource_allocations')
              OR row_security_active('session_dependencies'))
             AND current_setting('holdfast.unscoped', true) IS DISTINCT FROM 'on' AS "isHidden"`;
    if (row?.isHidden === true) {
      throw new Misuse('Row-level security hides rows from this dbSession: open it with `rowScope: unscoped(reason)`.');
    }
    return dbSession;
  }

  async #fetchSchedulingData(dbSession: DbReadSession, name: ScalingGroupName): Promise<RawSchedulingData> {
    return {
      waitingSessions: await this.#fetchWaitingSessions(dbSession, name),
      activeAgents: await this.#fetchActiveAgents(dbSession, name),
      occupations: await this.#fetchOccupations(dbSession, name),
    };
  }

  // Whatever waits for a session that has not succeeded stays away, unless nothing can come of that any more.
  #fetchWaitingSessions(dbSession: DbReadSession, name: ScalingGroupName): Promise<readonly RawWaitingSession[]> {
    return dbSession.sql<RawWaitingSession>`
      SELECT s.id, s.priority, s.created_at AS "createdAt", s.requested_slots AS "requestedSlots",
             s.cluster_mode AS "clusterMode", s.cluster_size AS "clusterSize", s.domain_name AS "domainName",
             s.group_id AS "groupId", s.user_uuid AS "userUuid", s.access_key AS "accessKey", unmet.failed
      FROM sessions s
      CROSS JOIN LATERAL (
        SELECT count(*) AS total,
               array_agg(o.id ORDER BY o.id) FILTER (
                 WHERE o.status IN ('TERMINATED', 'CANCELLED') OR o.deleted_at IS NOT NULL) AS failed
        FROM session_dependencies d JOIN sessions o ON o.id = d.depends_on
        WHERE d.session_id = s.id AND (o.status = 'TERMINATED' AND o.result = 'success') IS NOT TRUE) unmet
      WHERE s.scaling_group_name = ${name} AND s.status = 'PENDING' AND s.deleted_at IS NULL
        AND ((unmet.total = 0 AND (s.starts_at IS NULL OR s.starts_at <= now())) OR unmet.failed IS NOT NULL)
      ORDER BY s.priority DESC, s.created_at, s.id`;
  }

  #fetchActiveAgents(dbSession: DbReadSession, name: ScalingGroupName): Promise<readonly RawActiveAgent[]> {
    return dbSession.sql<RawActiveAgent>`
      SELECT id, architecture, gpu_model AS "gpuModel", available_slots AS "availableSlots"
      FROM agents
      WHERE scaling_group_name = ${name} AND status = 'ALIVE' AND schedulable AND deleted_at IS NULL
      ORDER BY id`;
  }

  // What is asked for is reserved until it is known what is used.
  #fetchOccupations(dbSession: DbReadSession, name: ScalingGroupName): Promise<readonly RawOccupation[]> {
    return dbSession.sql<RawOccupation>`
      SELECT k.agent_id AS "agentId", r.slot_name AS "slotName",
             trim_scale(sum(coalesce(r.used, r.requested)))::text AS amount
      FROM agents a JOIN kernels k ON k.agent_id = a.id JOIN resource_allocations r ON r.kernel_id = k.id
      WHERE a.scaling_group_name = ${name} AND a.status = 'ALIVE' AND a.schedulable AND a.deleted_at IS NULL
        AND k.status IN ('SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING', 'TERMINATING', 'ERROR')
        AND r.freed_at IS NULL
      GROUP BY k.agent_id, r.slot_name`;
  }
}
