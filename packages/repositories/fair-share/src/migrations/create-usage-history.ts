import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables `kernel_usage_records` and `usage_bucket_entries`. */
export class CreateUsageHistory implements MigrationInterface {
  readonly name = 'CreateUsageHistory1795390002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE kernel_usage_records (
        kernel_id           uuid        NOT NULL,
        period_start        timestamptz NOT NULL,
        period_end          timestamptz NOT NULL,
        resource_group_name text        NOT NULL,
        domain_name         text        NOT NULL,
        project_id          uuid        NOT NULL,
        user_uuid           uuid        NOT NULL,
        resource_usage      jsonb       NOT NULL,
        CONSTRAINT kernel_usage_records_pkey PRIMARY KEY (kernel_id, period_start)
      )`);
    await queryRunner.query('CREATE INDEX kernel_usage_records_start_idx ON kernel_usage_records (period_start)');
    await queryRunner.query(`
      CREATE TABLE usage_bucket_entries (
        fair_share_id       uuid    NOT NULL,
        period_start        date    NOT NULL,
        slot_name           text    NOT NULL,
        level               text    NOT NULL,
        resource_group_name text    NOT NULL,
        domain_name         text    NOT NULL,
        project_id          uuid,
        user_uuid           uuid,
        resource_usage      numeric NOT NULL,
        CONSTRAINT usage_bucket_entries_pkey PRIMARY KEY (fair_share_id, period_start, slot_name)
      )`);
    await queryRunner.query(
      'CREATE INDEX usage_bucket_entries_group_idx ON usage_bucket_entries (resource_group_name, period_start)',
    );
    await queryRunner.query(
      'CREATE INDEX usage_bucket_entries_domain_idx ON usage_bucket_entries (domain_name, period_start)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE usage_bucket_entries');
    await queryRunner.query('DROP TABLE kernel_usage_records');
  }
}
