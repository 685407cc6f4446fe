import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `notification_rules`, after `notification_channels`. */
export class CreateNotificationRules implements MigrationInterface {
  readonly name = 'CreateNotificationRules1795305661000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE notification_rules (
        id               uuid        NOT NULL CONSTRAINT notification_rules_pkey PRIMARY KEY,
        domain_name      text        NOT NULL,
        name             text        NOT NULL,
        description      text,
        rule_type        text        NOT NULL,
        channel_id       uuid        NOT NULL,
        message_template text        NOT NULL,
        enabled          boolean     NOT NULL DEFAULT true,
        created_by       uuid,
        created_at       timestamptz NOT NULL DEFAULT now(),
        updated_at       timestamptz NOT NULL DEFAULT now(),
        deleted_at       timestamptz,
        CONSTRAINT notification_rules_type_check CHECK (rule_type IN (
          'session.started', 'session.terminated', 'artifact.download.completed', 'endpoint.lifecycle.changed')),
        CONSTRAINT notification_rules_channel_fkey FOREIGN KEY (channel_id, domain_name)
          REFERENCES notification_channels (id, domain_name)
      )`);
    await queryRunner.query(
      'CREATE INDEX notification_rules_channel_idx ON notification_rules (channel_id, domain_name)',
    );
    await queryRunner.query(
      'CREATE INDEX notification_rules_domain_type_idx ON notification_rules (domain_name, rule_type, created_at, id)',
    );
    for (const [index, column] of [
      ['name', 'name'],
      ['created', 'created_at'],
      ['updated', 'updated_at'],
    ]) {
      await queryRunner.query(
        `CREATE INDEX notification_rules_domain_${index}_idx ON notification_rules (domain_name, ${column}, id)`,
      );
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE notification_rules');
  }
}
