import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `notification_channels`. */
export class CreateNotificationChannels implements MigrationInterface {
  readonly name = 'CreateNotificationChannels1795305660000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE notification_channels (
        id             uuid        NOT NULL CONSTRAINT notification_channels_pkey PRIMARY KEY,
        domain_name    text        NOT NULL,
        name           text        NOT NULL,
        description    text,
        channel_type   text        NOT NULL,
        config         jsonb       NOT NULL,
        enabled        boolean     NOT NULL DEFAULT true,
        created_by     uuid,
        created_at     timestamptz NOT NULL DEFAULT now(),
        updated_at     timestamptz NOT NULL DEFAULT now(),
        deleted_at     timestamptz,
        headers        text,
        signing_secret text,
        smtp_password  text,
        CONSTRAINT notification_channels_config_check CHECK (
          channel_type = 'webhook' AND jsonb_exists(config, 'url')
          OR channel_type = 'email' AND jsonb_exists(config, 'smtp')),
        CONSTRAINT notification_channels_secrets_check CHECK (
          CASE channel_type WHEN 'webhook' THEN smtp_password IS NULL
          ELSE headers IS NULL AND signing_secret IS NULL END),
        CONSTRAINT notification_channels_domain_key UNIQUE (id, domain_name)
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX notification_channels_name_key ON notification_channels (domain_name, name)
      WHERE deleted_at IS NULL`);
    for (const [index, column] of [
      ['name', 'name'],
      ['created', 'created_at'],
      ['updated', 'updated_at'],
    ]) {
      await queryRunner.query(
        `CREATE INDEX notification_channels_domain_${index}_idx ON notification_channels (domain_name, ${column}, id)`,
      );
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE notification_channels');
  }
}
