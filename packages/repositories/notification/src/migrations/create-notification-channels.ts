import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables `notification_channels` and `notification_channel_secrets`. */
export class CreateNotificationChannels implements MigrationInterface {
  readonly name = 'CreateNotificationChannels1795305660000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE notification_channels (
        id                 uuid        NOT NULL CONSTRAINT notification_channels_pkey PRIMARY KEY,
        domain_name        text        NOT NULL,
        name               text        NOT NULL,
        description        text,
        channel_type       text        NOT NULL,
        config             jsonb       NOT NULL,
        enabled            boolean     NOT NULL DEFAULT true,
        created_by         uuid,
        created_at         timestamptz NOT NULL DEFAULT now(),
        updated_at         timestamptz NOT NULL DEFAULT now(),
        deleted_at         timestamptz,
        has_headers        boolean     NOT NULL DEFAULT false,
        has_signing_secret boolean     NOT NULL DEFAULT false,
        has_smtp_password  boolean     NOT NULL DEFAULT false,
        CONSTRAINT notification_channels_config_check CHECK (
          channel_type = 'webhook' AND jsonb_exists(config, 'url')
          OR channel_type = 'email' AND jsonb_exists(config, 'smtp')),
        CONSTRAINT notification_channels_secrets_check CHECK (
          CASE channel_type WHEN 'webhook' THEN NOT has_smtp_password
          ELSE NOT (has_headers OR has_signing_secret) END),
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
    await queryRunner.query(`
      CREATE TABLE notification_channel_secrets (
        channel_id     uuid NOT NULL CONSTRAINT notification_channel_secrets_pkey PRIMARY KEY,
        headers        text,
        signing_secret text,
        smtp_password  text,
        CONSTRAINT notification_channel_secrets_channel_fkey
          FOREIGN KEY (channel_id) REFERENCES notification_channels (id) ON DELETE CASCADE
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE notification_channel_secrets');
    await queryRunner.query('DROP TABLE notification_channels');
  }
}
