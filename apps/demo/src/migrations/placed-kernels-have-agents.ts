import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A kernel is placed on an agent that is there, and stays: like a foreign key, for kernels that are placed and not over.
 * Whoever purges the agent locks it and looks for kernels then. Only placing looks at the agent, so that nobody who moves
 * a kernel on waits for who has locked the agent's capacity. What was placed before stays as it is.
 */
export class PlacedKernelsHaveAgents implements MigrationInterface {
  readonly name = 'PlacedKernelsHaveAgents1795400003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION demo_require_agent() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM FROM agents WHERE id = NEW.agent_id FOR KEY SHARE;
        IF NOT FOUND THEN
          RAISE foreign_key_violation USING
            MESSAGE = 'There is no agent that a kernel is placed on.', TABLE = 'kernels', CONSTRAINT = 'kernels_agent';
        END IF;
        RETURN NULL;
      END $$`);
    const isPlaced = `NEW.agent_id IS NOT NULL AND NEW.status NOT IN ('PENDING', 'TERMINATED', 'CANCELLED')`;
    await queryRunner.query(`
      CREATE TRIGGER kernels_placed_on_agent AFTER INSERT ON kernels FOR EACH ROW
      WHEN (${isPlaced}) EXECUTE FUNCTION demo_require_agent()`);
    await queryRunner.query(`
      CREATE TRIGGER kernels_moved_to_agent AFTER UPDATE OF status, agent_id ON kernels FOR EACH ROW
      WHEN (${isPlaced} AND (OLD.status = 'PENDING' OR OLD.agent_id IS DISTINCT FROM NEW.agent_id))
      EXECUTE FUNCTION demo_require_agent()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER kernels_moved_to_agent ON kernels');
    await queryRunner.query('DROP TRIGGER kernels_placed_on_agent ON kernels');
    await queryRunner.query('DROP FUNCTION demo_require_agent');
  }
}
