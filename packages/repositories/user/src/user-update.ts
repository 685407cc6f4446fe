import type { OptionalState, TriState } from '@holdfast/base';

type Changed<Value> = Value | OptionalState<Value>;
type Cleared<Value> = Value | null | TriState<Value>;

/**
 * What of a user is changed: what is absent is left, null sets NULL. Status, role and password have their own ways:
 * `updateStatus`, `updateRole`, `changePassword`. The domain, which says who sees the user, never changes.
 */
export interface UserUpdate {
  readonly username?: Changed<string>;
  readonly email?: Changed<string>;
  readonly fullName?: Cleared<string>;
  readonly description?: Cleared<string>;
  readonly integrationId?: Cleared<string>;
  readonly needPasswordChange?: Changed<boolean>;
  readonly allowedClientIps?: Cleared<readonly string[]>;
  readonly resourcePolicy?: Changed<string>;
  readonly containerUid?: Cleared<number>;
  readonly containerMainGid?: Cleared<number>;
  readonly containerGids?: Changed<readonly number[]>;
}
