import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table `session_vfolder_mounts`, after `sessions`. */
export class CreateVfolderMounts implements MigrationInterface {
  readonly name = 'CreateVfolderMounts1795219263000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE session_vfolder_mounts (
        session_id  uuid        NOT NULL,
        mount_path  text        NOT NULL,
        vfolder_id  uuid        NOT NULL,
        name        text        NOT NULL,
        subpath     text        NOT NULL DEFAULT '.',
        permission  text        NOT NULL DEFAULT 'ro',
        domain_name text        NOT NULL,
        group_id    uuid        NOT NULL,
        user_uuid   uuid        NOT NULL,
        access_key  text        NOT NULL,
        CONSTRAINT session_vfolder_mounts_pkey PRIMARY KEY (session_id, mount_path),
        CONSTRAINT session_vfolder_mounts_permission_check CHECK (permission IN ('ro', 'rw', 'wd')),
        CONSTRAINT session_vfolder_mounts_session_fkey
          FOREIGN KEY (session_id, domain_name, group_id, user_uuid, access_key)
          REFERENCES sessions (id, domain_name, group_id, user_uuid, access_key) ON DELETE CASCADE ON UPDATE CASCADE
      )`);
    await queryRunner.query(
      'CREATE INDEX session_vfolder_mounts_vfolder_idx ON session_vfolder_mounts (vfolder_id, session_id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE session_vfolder_mounts');
  }
}
