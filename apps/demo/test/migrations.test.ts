import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { entities, migrations } from '../src/domains.js';

describeMigrations(runner, 'the migrations of the demo, as it puts them together', {
  entities,
  migrations,
  foreignKeysBetween: [
    'group_members_user_fkey',
    'users_domain_fkey',
    'groups_domain_fkey',
    'notification_channels_domain_fkey',
    'sessions_domain_fkey',
    'sessions_group_fkey',
    'sessions_user_fkey',
  ],
});
