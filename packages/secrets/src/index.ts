export { SecretKeys } from './secret-keys.js';
export { SecretUnreadable } from './secret-unreadable.js';

export type { EncryptionKey } from './secret-keys.js';
export type { SecretUnreadableReason } from './secret-unreadable.js';
