import type { ProjectId } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** No such group in the scope that was given. Status 404, code `group_read_not-found`. */
export class GroupNotFound extends EntityNotFound {
  /** The id that was asked for, or the name. */
  readonly group: ProjectId | string;

  constructor(group: ProjectId | string) {
    super('group', `No group ${group}.`);
    this.group = group;
  }
}
