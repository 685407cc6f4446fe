import { forgetGeneratedColumns, noteGeneratedColumn } from '@holdfast/base';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables `users` and `user_passwords`. */
export class CreateUsers implements MigrationInterface {
  readonly name = 'CreateUsers1795307111000';
  readonly #status = `CASE WHEN deleted_at IS NULL THEN live_status ELSE 'deleted' END`;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE users (
        id                   uuid        NOT NULL CONSTRAINT users_pkey PRIMARY KEY,
        username             text        COLLATE "C" NOT NULL,
        email                text        COLLATE "C" NOT NULL,
        full_name            text,
        description          text,
        status               text        NOT NULL GENERATED ALWAYS AS (${this.#status}) STORED,
        live_status          text        NOT NULL DEFAULT 'active',
        status_info          text,
        status_changed_at    timestamptz NOT NULL DEFAULT now(),
        role                 text        NOT NULL DEFAULT 'user',
        domain_name          text        NOT NULL,
        integration_id       text,
        need_password_change boolean     NOT NULL DEFAULT false,
        password_changed_at  timestamptz,
        allowed_client_ips   text[],
        resource_policy      text        NOT NULL DEFAULT 'default',
        container_uid        integer,
        container_main_gid   integer,
        container_gids       integer[]   NOT NULL DEFAULT '{}',
        created_at           timestamptz NOT NULL DEFAULT now(),
        modified_at          timestamptz NOT NULL DEFAULT now(),
        deleted_at           timestamptz,
        CONSTRAINT users_status_check CHECK (live_status IN ('active', 'inactive', 'before-verification')),
        CONSTRAINT users_role_check CHECK (role IN ('superadmin', 'admin', 'user', 'monitor')),
        CONSTRAINT users_owner_key UNIQUE (id, domain_name, role)
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX users_email_key ON users (domain_name, lower(email)) WHERE deleted_at IS NULL`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX users_username_key ON users (domain_name, lower(username)) WHERE deleted_at IS NULL`);
    for (const [name, column] of [
      ['users_domain_created_idx', 'created_at'],
      ['users_domain_modified_idx', 'modified_at'],
      ['users_domain_status_idx', 'status'],
      ['users_domain_username_idx', 'username'],
      ['users_domain_email_idx', 'email'],
      ['users_domain_full_name_idx', 'full_name'],
    ]) {
      await queryRunner.query(`CREATE INDEX ${name} ON users (domain_name, ${column}, id)`);
    }
    await queryRunner.query('CREATE INDEX users_deleted_idx ON users (deleted_at) WHERE deleted_at IS NOT NULL');
    await queryRunner.query(`
      CREATE TABLE user_passwords (
        user_id uuid NOT NULL CONSTRAINT user_passwords_pkey PRIMARY KEY,
        hash    text NOT NULL,
        CONSTRAINT user_passwords_hash_check CHECK (hash ~
          '^\\$argon2id\\$v=19\\$m=[1-9][0-9]*,t=[1-9][0-9]*,p=[1-9][0-9]*\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{43,86}$'),
        CONSTRAINT user_passwords_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      )`);
    await noteGeneratedColumn(queryRunner, { table: 'users', column: 'status', expression: this.#status });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE user_passwords');
    await queryRunner.query('DROP TABLE users');
    await forgetGeneratedColumns(queryRunner, 'users');
  }
}
