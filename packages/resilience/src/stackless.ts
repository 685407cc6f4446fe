const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
// Not where the globals are frozen.
const mayBeSet = descriptor?.writable === true;

/**
 * Makes an error without a stack: for rejections under load, of which a stack would be most of the cost and would tell
 * nothing. `make` must do nothing but construct it.
 */
export function stackless<Made extends Error>(make: () => Made): Made {
  if (!mayBeSet) return make();
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
