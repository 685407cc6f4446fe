import { errorCode, HoldfastError } from '@holdfast/errors';

/** A group is not purged while kernels of it are active. Status 409, code `group_purge_conflict`. */
export class GroupHasActiveKernels extends HoldfastError {
  constructor() {
    super({ code: errorCode('group', 'purge', 'conflict'), message: 'The group has active kernels.', httpStatus: 409 });
  }
}
