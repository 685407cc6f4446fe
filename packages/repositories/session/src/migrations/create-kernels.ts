import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `kernels`, after `sessions`. */
export class CreateKernels implements MigrationInterface {
  readonly name = 'CreateKernels1795219261000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE kernels (
        id                uuid        NOT NULL CONSTRAINT kernels_pkey PRIMARY KEY,
        session_id        uuid        NOT NULL,
        agent_id          text,
        cluster_role      text        NOT NULL DEFAULT 'main',
        cluster_idx       integer     NOT NULL DEFAULT 1,
        image             text        NOT NULL,
        status            text        NOT NULL DEFAULT 'PENDING',
        status_changed_at timestamptz NOT NULL DEFAULT now(),
        requested_slots   jsonb       NOT NULL,
        domain_name       text        NOT NULL,
        group_id          uuid        NOT NULL,
        user_uuid         uuid        NOT NULL,
        access_key        text        NOT NULL,
        created_at        timestamptz NOT NULL DEFAULT now(),
        scheduled_at      timestamptz,
        terminated_at     timestamptz,
        modified_at       timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT kernels_status_check CHECK (status IN (
          'PENDING', 'SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING', 'TERMINATING', 'TERMINATED', 'CANCELLED', 'ERROR')),
        CONSTRAINT kernels_owner_key UNIQUE (id, domain_name, group_id, user_uuid, access_key),
        CONSTRAINT kernels_session_fkey FOREIGN KEY (session_id, domain_name, group_id, user_uuid, access_key)
          REFERENCES sessions (id, domain_name, group_id, user_uuid, access_key) ON DELETE CASCADE ON UPDATE CASCADE
      )`);
    await queryRunner.query('CREATE INDEX kernels_session_idx ON kernels (session_id, cluster_idx)');
    await queryRunner.query('CREATE INDEX kernels_agent_status_idx ON kernels (agent_id, status)');
    await queryRunner.query('CREATE INDEX kernels_user_created_idx ON kernels (user_uuid, created_at, id)');
    await queryRunner.query('CREATE INDEX kernels_user_terminated_idx ON kernels (user_uuid, terminated_at)');
    for (const [name, columns] of [
      ['kernels_domain_status_idx', 'status, id'],
      ['kernels_domain_session_idx', 'session_id, id'],
      ['kernels_domain_cluster_idx', 'cluster_idx, id'],
      ['kernels_domain_agent_idx', 'agent_id, id'],
      ['kernels_domain_created_idx', 'created_at, id'],
      ['kernels_domain_changed_idx', 'status_changed_at, id'],
      ['kernels_domain_terminated_idx', 'terminated_at, id'],
    ]) {
      await queryRunner.query(`CREATE INDEX ${name} ON kernels (domain_name, ${columns})`);
    }
    await queryRunner.query('CREATE INDEX kernels_group_status_idx ON kernels (group_id, status)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE kernels');
  }
}
