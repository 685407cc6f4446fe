import { EntityNotFound } from '@holdfast/errors';
import type { FairShareId } from './fair-share-id.js';

/** No such fair share in the scope that was given. Status 404, code `fair-share_read_not-found`. */
export class FairShareNotFound extends EntityNotFound {
  readonly fairShareId: FairShareId;

  constructor(fairShareId: FairShareId) {
    super('fair-share', `No fair share ${fairShareId}.`);
    this.fairShareId = fairShareId;
  }
}
