import { type ColumnShape, columnType } from '@holdfast/querier';
import type { RowSink } from '../wire/row-sink.js';
import { Statement } from '../wire/statement.js';

/**
 * One life of a server. Transaction ids mean the same only within one: those that a crash or a failover has lost are given
 * to other transactions afterwards, which may commit (PostgreSQL 9.28.8; pg_xact_status says nothing of that).
 */
export interface Incarnation {
  /** The database cluster, by its system identifier. Another cluster has other transactions altogether. */
  readonly cluster: string;
  /**
   * The timeline and when the statistics of the WAL began: a failover begins a timeline, and crash recovery discards the
   * statistics (PostgreSQL 27.2). A server that was stopped and started in order goes on in the same epoch.
   */
  readonly epoch: string;
}

/** What a connection says of the server behind it. */
export interface ServerState {
  /** Null for a server that only follows another one, and where the epoch cannot be relied upon. */
  readonly incarnation: Incarnation | null;
  readonly isStandby: boolean;
  /** The process that serves the connection: behind a pooler not the one that pg knows of, and not always the same. */
  readonly processId: number;
}

/** Later servers may keep their statistics over a crash: until one has been tried, nothing is known of its epoch. */
const NEWEST_KNOWN = 18;

const text = (property: string): ColumnShape => ({ property, sql: property, type: columnType('text'), nullable: true });
const columns: readonly ColumnShape[] = [
  text('cluster'),
  text('epoch'),
  { property: 'isStandby', sql: 'standby', type: columnType('boolean'), nullable: false },
  { property: 'processId', sql: 'process', type: columnType('integer'), nullable: false },
];

/** Asks a server for its state. Refused (42501) where the role may not execute one of the functions. */
export const askServerState = Statement.once(
  `SELECT (SELECT system_identifier FROM pg_control_system())::text AS cluster,
    CASE WHEN NOT pg_is_in_recovery() AND current_setting('server_version_num')::int < ${NEWEST_KNOWN + 1}0000 THEN
      substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) || '/' ||
      (SELECT coalesce(extract(epoch FROM stats_reset)::text, '') FROM pg_stat_wal) END AS epoch,
    pg_is_in_recovery() AS standby,
    pg_backend_pid() AS process`.replaceAll(/\s+/g, ' '),
  { columns, extra: [], keys: [], leads: 0 },
);

interface StateRow {
  readonly cluster: string | null;
  readonly epoch: string | null;
  readonly isStandby: boolean;
  readonly processId: number;
}

/** The answer to it. */
export function serverStateIn({ rows }: RowSink): ServerState {
  const { cluster, epoch, isStandby, processId } = rows[0] as StateRow;
  const incarnation = cluster === null || epoch === null ? null : Object.freeze({ cluster, epoch });
  return { incarnation, isStandby, processId };
}
