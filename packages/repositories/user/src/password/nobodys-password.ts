import { PasswordHash } from './password-hash.js';

/** The hash of a password that nobody knows, at the cost that `hashPassword` has. */
export const nobodysPassword = PasswordHash.fromPhc(
  '$argon2id$v=19$m=19456,t=2,p=1$UMAxI9phq6c2M6USWYoLng$GuxyBa7tm2ijsFosL0IJEW1LbshZEHclLnTcHz/MG1g',
);
