import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `fair_shares`. */
export class CreateFairShares implements MigrationInterface {
  readonly name = 'CreateFairShares1795390001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE fair_shares (
        id                  uuid        NOT NULL CONSTRAINT fair_shares_pkey PRIMARY KEY,
        level               text        NOT NULL,
        resource_group_name text        NOT NULL,
        domain_name         text        NOT NULL,
        project_id          uuid,
        user_uuid           uuid,
        weight              numeric,
        resource_weights    jsonb       NOT NULL DEFAULT '{}',
        fair_share_factor   numeric     NOT NULL DEFAULT 1,
        normalized_usage    numeric     NOT NULL DEFAULT 0,
        total_decayed_usage jsonb       NOT NULL DEFAULT '{}',
        scheduling_rank     integer,
        lookback_start      date,
        lookback_end        date,
        last_calculated_at  timestamptz,
        created_at          timestamptz NOT NULL DEFAULT now(),
        modified_at         timestamptz NOT NULL DEFAULT now(),
        deleted_at          timestamptz,
        CONSTRAINT fair_shares_level_check CHECK (
          (level = 'domain' AND project_id IS NULL AND user_uuid IS NULL)
          OR (level = 'project' AND project_id IS NOT NULL AND user_uuid IS NULL)
          OR (level = 'user' AND project_id IS NOT NULL AND user_uuid IS NOT NULL)),
        CONSTRAINT fair_shares_weight_check CHECK (weight > 0)
      )`);
    await queryRunner.query('CREATE INDEX fair_shares_domain_idx ON fair_shares (domain_name, created_at, id)');
    await queryRunner.query(
      'CREATE INDEX fair_shares_domain_factor_idx ON fair_shares (domain_name, fair_share_factor, id)',
    );
    await queryRunner.query('CREATE INDEX fair_shares_project_idx ON fair_shares (project_id, id)');
    await queryRunner.query('CREATE INDEX fair_shares_user_idx ON fair_shares (user_uuid, id)');
    await queryRunner.query(
      'CREATE INDEX fair_shares_group_rank_idx ON fair_shares (resource_group_name, scheduling_rank, id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE fair_shares');
  }
}
