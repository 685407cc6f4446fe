import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `agents`. */
export class CreateAgents implements MigrationInterface {
  readonly name = 'CreateAgents1795219200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE agents (
        id                 text        NOT NULL CONSTRAINT agents_pkey PRIMARY KEY,
        status             text        NOT NULL DEFAULT 'ALIVE',
        status_changed_at  timestamptz NOT NULL DEFAULT now(),
        region             text        NOT NULL,
        scaling_group_name text        NOT NULL,
        schedulable        boolean     NOT NULL DEFAULT true,
        available_slots    jsonb       NOT NULL,
        gpu_model          text,
        addr               text        NOT NULL,
        version            text        NOT NULL,
        architecture       text        NOT NULL,
        first_contact      timestamptz NOT NULL DEFAULT now(),
        lost_at            timestamptz,
        modified_at        timestamptz NOT NULL DEFAULT now(),
        deleted_at         timestamptz,
        CONSTRAINT agents_status_check CHECK (status IN ('ALIVE', 'LOST', 'RESTARTING', 'TERMINATED'))
      )`);
    await queryRunner.query('CREATE INDEX agents_scaling_group_status_idx ON agents (scaling_group_name, status, id)');
    // Read forwards and backwards, an index serves both directions of an order; the scaling group comes first.
    for (const [name, columns] of [
      ['agents_scaling_group_idx', 'id'],
      ['agents_scaling_group_contact_idx', 'first_contact, id'],
      ['agents_scaling_group_region_idx', 'region, id'],
      ['agents_scaling_group_gpu_model_idx', 'gpu_model, id'],
      ['agents_scaling_group_changed_idx', 'status_changed_at, id'],
      ['agents_scaling_group_modified_idx', 'modified_at, id'],
    ]) {
      await queryRunner.query(`CREATE INDEX ${name} ON agents (scaling_group_name, ${columns})`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE agents');
  }
}
