import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { entities, migrations } from '../src/domains.js';

describeMigrations(runner, 'the migrations of the demo, as it puts them together', {
  entities,
  migrations,
  foreignKeysBetween: ['group_members_user_fkey'],
});
