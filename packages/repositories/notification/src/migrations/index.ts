import type { MigrationList } from '@holdfast/base';
import { CreateNotificationChannels } from './create-notification-channels.js';
import { CreateNotificationRules } from './create-notification-rules.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const notificationMigrations: MigrationList = Object.freeze([
  CreateNotificationChannels,
  CreateNotificationRules,
]);
