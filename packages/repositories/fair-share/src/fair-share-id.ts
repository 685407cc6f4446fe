import { type Branded, uuidText } from '@holdfast/domain-types';

/** The id of a fair share: a UUID in canonical lower case, made of whose share it is (`fairShareIdOf`). */
export type FairShareId = Branded<string, 'FairShareId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function fairShareId(text: string, pointer = 'fairShareId'): FairShareId {
  return uuidText(text, 'fair share id', pointer) as FairShareId;
}
