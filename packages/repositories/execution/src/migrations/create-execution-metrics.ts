import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of metrics and their points, after `executions`. */
export class CreateExecutionMetrics implements MigrationInterface {
  readonly name = 'CreateExecutionMetrics1795399090566';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE execution_metrics (
        id           uuid        NOT NULL CONSTRAINT execution_metrics_pkey PRIMARY KEY,
        domain_name  text        NOT NULL,
        user_uuid    uuid        NOT NULL,
        execution_id uuid,
        name         text        NOT NULL,
        type         text        NOT NULL,
        bounds       float8[],
        unit         text,
        tags         jsonb       NOT NULL DEFAULT '{}',
        metadata     jsonb       NOT NULL DEFAULT '{}',
        identity     text        NOT NULL,
        created_at   timestamptz NOT NULL DEFAULT now(),
        modified_at  timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT execution_metrics_name_check CHECK (name <> ''),
        CONSTRAINT execution_metrics_type_check
          CHECK (type IN ('counter', 'gauge', 'histogram') AND (type = 'histogram') = (bounds IS NOT NULL)),
        CONSTRAINT execution_metrics_identity_key UNIQUE (domain_name, user_uuid, identity),
        CONSTRAINT execution_metrics_execution_fkey FOREIGN KEY (execution_id, domain_name, user_uuid)
          REFERENCES executions (id, domain_name, user_uuid) ON DELETE CASCADE
      )`);
    await queryRunner.query(
      'CREATE INDEX execution_metrics_execution_idx ON execution_metrics (execution_id, domain_name, user_uuid, name)',
    );
    await queryRunner.query(
      'CREATE INDEX execution_metrics_domain_name_idx ON execution_metrics (domain_name, name, id)',
    );
    await queryRunner.query(
      'CREATE INDEX execution_metrics_domain_created_idx ON execution_metrics (domain_name, created_at, id)',
    );
    await queryRunner.query(`
      CREATE TABLE execution_metric_points (
        metric_id   uuid        NOT NULL,
        recorded_at timestamptz NOT NULL,
        step        bigint      NOT NULL,
        value       float8      NOT NULL,
        CONSTRAINT execution_metric_points_pkey PRIMARY KEY (metric_id, recorded_at, step, value),
        CONSTRAINT execution_metric_points_metric_fkey FOREIGN KEY (metric_id)
          REFERENCES execution_metrics (id) ON DELETE CASCADE
      )`);
    await queryRunner.query(`
      CREATE TABLE execution_metric_histograms (
        metric_id   uuid        NOT NULL,
        recorded_at timestamptz NOT NULL,
        step        bigint      NOT NULL,
        counts      bigint[]    NOT NULL,
        sum         float8      NOT NULL,
        min         float8,
        max         float8,
        CONSTRAINT execution_metric_histograms_pkey PRIMARY KEY (metric_id, recorded_at, step, counts, sum),
        CONSTRAINT execution_metric_histograms_metric_fkey FOREIGN KEY (metric_id)
          REFERENCES execution_metrics (id) ON DELETE CASCADE
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE execution_metric_histograms');
    await queryRunner.query('DROP TABLE execution_metric_points');
    await queryRunner.query('DROP TABLE execution_metrics');
  }
}
