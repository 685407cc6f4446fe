import { EntityAlreadyExists } from '@holdfast/errors';

/** Whoever it is of has a share of the resource group, deleted or not. Status 409, code `fair-share_create_already-exists`. */
export class FairShareAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('fair-share', 'There is a fair share of this resource group already.', cause);
  }
}
