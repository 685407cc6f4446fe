import type { Database } from '@holdfast/base';
import { accessKey, type ProjectId, resourceSlot, scalingGroupName, type UserId } from '@holdfast/domain-types';
import type { SessionCreationSpec } from '@holdfast/session-repository';
import { DatabaseResilience } from '../../src/database-resilience.js';
import { passingSecretKeys } from '../../src/notifications/notification-configuration.js';
import { createRepositories, type Repositories } from '../../src/repositories.js';

/** The repositories of the demo as it puts them together. */
export function demoRepositories(database: Database): Repositories {
  return createRepositories(database, new DatabaseResilience('test'), passingSecretKeys());
}

/** What a session of a member of a group is created from. */
export function sessionOf(
  owner: { readonly groupId: ProjectId; readonly userUuid: UserId },
  values: Pick<SessionCreationSpec, 'name'> & Partial<SessionCreationSpec>,
): SessionCreationSpec {
  return {
    type: 'interactive',
    image: 'python:3',
    requestedSlots: resourceSlot({ cpu: 1 }),
    scalingGroupName: scalingGroupName('default'),
    accessKey: accessKey('AKIAIOSFODNN7EXAMPLE'),
    ...owner,
    ...values,
  };
}
