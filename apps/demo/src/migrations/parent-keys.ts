interface ParentKey {
  readonly table: string;
  readonly name: string;
  /** As SQL says it. */
  readonly refers: string;
}

const key = (table: string, name: string, column: string, target: string): ParentKey => ({
  table,
  name,
  refers: `FOREIGN KEY (${column}) REFERENCES ${target}`,
});

/** The foreign keys between tables of packages that do not know each other: what belongs to a domain, a group, a user. */
export const parentKeys: readonly ParentKey[] = [
  key('users', 'users_domain_fkey', 'domain_name', 'domains (name)'),
  key('groups', 'groups_domain_fkey', 'domain_name', 'domains (name)'),
  key('notification_channels', 'notification_channels_domain_fkey', 'domain_name', 'domains (name)'),
  key('sessions', 'sessions_domain_fkey', 'domain_name', 'domains (name)'),
  key('sessions', 'sessions_group_fkey', 'group_id', 'groups (id)'),
  key('sessions', 'sessions_user_fkey', 'user_uuid', 'users (id)'),
];
