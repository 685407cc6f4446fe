import { HoldfastError, errorCode } from '@holdfast/errors';

/** No access key, or one that nobody has. */
export class NotAuthenticated extends HoldfastError {
  constructor(message: string) {
    super({ code: errorCode('api', 'auth', 'unauthorized'), message, httpStatus: 401 });
  }
}

/** The key is known, and may not do this. */
export class Forbidden extends HoldfastError {
  constructor(message: string) {
    super({ code: errorCode('api', 'access', 'forbidden'), message, httpStatus: 403 });
  }
}

/** There is no such route. */
export class RouteNotFound extends HoldfastError {
  constructor() {
    super({ code: errorCode('api', 'request', 'not-found'), message: 'There is no such route.', httpStatus: 404 });
  }
}

/** The request's body is larger than is taken. */
export class BodyTooLarge extends HoldfastError {
  constructor() {
    super({ code: errorCode('api', 'request', 'too-large'), message: 'The body is too large.', httpStatus: 413 });
  }
}

/** The request's body is of another media type than `application/json`. */
export class UnsupportedMediaType extends HoldfastError {
  constructor() {
    const message = 'A body must be application/json.';
    super({ code: errorCode('api', 'parsing', 'content-type-mismatch'), message, httpStatus: 415 });
  }
}

/** The server takes no requests at the moment. */
export class NotReady extends HoldfastError {
  constructor(message: string, cause?: unknown) {
    super({ code: errorCode('health-check', 'generic', 'not-ready'), message, httpStatus: 503, cause });
  }
}

/** Every connection to the database is in use. */
export class PoolBusy extends HoldfastError {
  constructor(cause: unknown) {
    const message = 'The pool of connections to the database is exhausted.';
    super({ code: errorCode('health-check', 'generic', 'pool-exhausted'), message, httpStatus: 503, cause });
  }
}
