import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `notification_rules`, after `notification_channels`, and what keeps new rules from channels that are deleted. */
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
    // Whoever deletes the channel at the same moment is waited for, or waits. One that is not there is the foreign key's.
    await queryRunner.query(`
      CREATE FUNCTION holdfast_require_live_channel() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        gone timestamptz;
      BEGIN
        IF TG_OP = 'UPDATE' AND NEW.channel_id = OLD.channel_id THEN RETURN NULL; END IF;
        SELECT deleted_at INTO gone FROM notification_channels
        WHERE id = NEW.channel_id AND domain_name = NEW.domain_name FOR SHARE;
        IF gone IS NOT NULL THEN
          RAISE EXCEPTION 'a rule would go to a channel that is deleted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'notification_rules_channel_live';
        END IF;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER notification_rules_channel_live AFTER INSERT OR UPDATE OF channel_id ON notification_rules
      FOR EACH ROW EXECUTE FUNCTION holdfast_require_live_channel()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE notification_rules');
    await queryRunner.query('DROP FUNCTION holdfast_require_live_channel');
  }
}
