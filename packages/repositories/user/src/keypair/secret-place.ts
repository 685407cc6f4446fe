import type { AccessKey } from '@holdfast/domain-types';

/** Where the secret of a key pair belongs: put beside another one, it does not open. */
export const placeOf = (accessKey: AccessKey): string => `keypair/${accessKey}`;
