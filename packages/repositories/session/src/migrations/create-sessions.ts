import { forgetGeneratedColumns, noteGeneratedColumn } from '@holdfast/base';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `sessions`. */
export class CreateSessions implements MigrationInterface {
  readonly name = 'CreateSessions1795219260000';
  readonly #gpuCount =
    `least(ceil(coalesce((requested_slots ->> 'cuda.device')::numeric, 0)` +
    ` + coalesce((requested_slots ->> 'cuda.shares')::numeric, 0)), 2147483647)::integer`;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sessions (
        id                 uuid        NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
        creation_id        text        NOT NULL,
        name               text        COLLATE "C" NOT NULL,
        session_type       text        NOT NULL,
        status             text        NOT NULL DEFAULT 'PENDING',
        status_info        text,
        status_changed_at  timestamptz NOT NULL DEFAULT now(),
        priority           integer     NOT NULL DEFAULT 10,
        cluster_mode       text        NOT NULL DEFAULT 'single-node',
        cluster_size       integer     NOT NULL DEFAULT 1,
        domain_name        text        NOT NULL,
        group_id           uuid        NOT NULL,
        user_uuid          uuid        NOT NULL,
        access_key         text        NOT NULL,
        scaling_group_name text        NOT NULL,
        images             text[]      NOT NULL,
        tag                text,
        requested_slots    jsonb       NOT NULL,
        gpu_count          integer     NOT NULL GENERATED ALWAYS AS (${this.#gpuCount}) STORED,
        environ            jsonb,
        result             text,
        created_at         timestamptz NOT NULL DEFAULT now(),
        starts_at          timestamptz,
        terminated_at      timestamptz,
        modified_at        timestamptz NOT NULL DEFAULT now(),
        deleted_at         timestamptz,
        CONSTRAINT sessions_status_check CHECK (status IN (
          'PENDING', 'SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING', 'TERMINATING', 'TERMINATED', 'CANCELLED', 'ERROR')),
        CONSTRAINT sessions_cluster_size_check CHECK (cluster_size >= 1),
        CONSTRAINT sessions_owner_key UNIQUE (id, domain_name, group_id, user_uuid, access_key)
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX sessions_live_name_key ON sessions (domain_name, user_uuid, name)
      WHERE status NOT IN ('TERMINATED', 'CANCELLED') AND deleted_at IS NULL`);
    // Read forwards and backwards, an index serves both directions of an order; its tenant comes first.
    await queryRunner.query('CREATE INDEX sessions_user_created_idx ON sessions (user_uuid, created_at, id)');
    await queryRunner.query('CREATE INDEX sessions_group_created_idx ON sessions (group_id, created_at, id)');
    await queryRunner.query('CREATE INDEX sessions_access_key_created_idx ON sessions (access_key, created_at, id)');
    // Lists of a domain are long, and are ordered by any of these.
    for (const [name, column] of [
      ['sessions_domain_created_idx', 'created_at'],
      ['sessions_domain_status_idx', 'status'],
      ['sessions_domain_name_idx', 'name'],
      ['sessions_domain_priority_idx', 'priority'],
      ['sessions_domain_gpu_count_idx', 'gpu_count'],
      ['sessions_domain_modified_idx', 'modified_at'],
      ['sessions_domain_starts_idx', 'starts_at'],
      ['sessions_domain_terminated_idx', 'terminated_at'],
      ['sessions_domain_changed_idx', 'status_changed_at'],
    ]) {
      await queryRunner.query(`CREATE INDEX ${name} ON sessions (domain_name, ${column}, id)`);
    }
    await queryRunner.query('CREATE INDEX sessions_images_idx ON sessions USING gin (images)');
    await queryRunner.query(`
      CREATE INDEX sessions_scaling_group_status_idx
      ON sessions (scaling_group_name, status, priority, created_at)`);
    await noteGeneratedColumn(queryRunner, { table: 'sessions', column: 'gpu_count', expression: this.#gpuCount });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sessions');
    await forgetGeneratedColumns(queryRunner, 'sessions');
  }
}
