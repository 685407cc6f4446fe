import { EntityAlreadyExists } from '@holdfast/errors';

/**
 * The id, or in its domain the e-mail address or the username, is a user's already. Status 409, code
 * `user_create_already-exists`.
 */
export class UserAlreadyExists extends EntityAlreadyExists {
  readonly taken: 'id' | 'email' | 'username';

  constructor(taken: UserAlreadyExists['taken'], cause?: unknown) {
    super('user', messages[taken], cause);
    this.taken = taken;
  }
}

const messages: Readonly<Record<UserAlreadyExists['taken'], string>> = {
  id: 'A user of this id exists already.',
  email: 'A user of this domain has this e-mail address already.',
  username: 'A user of this domain has this username already.',
};
