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

/** The request's body is of another media type, charset or encoding than JSON in UTF-8. */
export class UnsupportedMediaType extends HoldfastError {
  constructor(message = 'A body must be application/json.') {
    super({ code: errorCode('api', 'parsing', 'content-type-mismatch'), message, httpStatus: 415 });
  }
}

/** What the HTTP server refuses by itself, with a status of 400 to 499. */
export class RequestRefused extends HoldfastError {
  constructor(httpStatus: number, message = 'The request is not one that this server takes.') {
    super({ code: errorCode('api', 'request', 'bad-request'), message, httpStatus });
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
