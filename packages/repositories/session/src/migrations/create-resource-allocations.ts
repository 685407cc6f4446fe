import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `resource_allocations`, after `kernels`, and what frees the allocations of a kernel that is over. */
export class CreateResourceAllocations implements MigrationInterface {
  readonly name = 'CreateResourceAllocations1795219262000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE resource_allocations (
        kernel_id   uuid        NOT NULL,
        slot_name   text        NOT NULL,
        requested   numeric     NOT NULL,
        used        numeric,
        freed_at    timestamptz,
        domain_name text        NOT NULL,
        group_id    uuid        NOT NULL,
        user_uuid   uuid        NOT NULL,
        access_key  text        NOT NULL,
        CONSTRAINT resource_allocations_pkey PRIMARY KEY (kernel_id, slot_name),
        CONSTRAINT resource_allocations_amount_check CHECK (requested >= 0 AND used >= 0),
        CONSTRAINT resource_allocations_kernel_fkey FOREIGN KEY (kernel_id, domain_name, group_id, user_uuid, access_key)
          REFERENCES kernels (id, domain_name, group_id, user_uuid, access_key) ON DELETE CASCADE ON UPDATE CASCADE
      )`);
    await queryRunner.query(`
      CREATE FUNCTION holdfast_free_allocations() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE resource_allocations SET freed_at = NEW.status_changed_at
        WHERE kernel_id = NEW.id AND freed_at IS NULL;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER kernels_free_allocations AFTER UPDATE OF status ON kernels FOR EACH ROW
      WHEN (NEW.status IN ('TERMINATED', 'CANCELLED') AND OLD.status <> NEW.status)
      EXECUTE FUNCTION holdfast_free_allocations()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER kernels_free_allocations ON kernels');
    await queryRunner.query('DROP FUNCTION holdfast_free_allocations');
    await queryRunner.query('DROP TABLE resource_allocations');
  }
}
