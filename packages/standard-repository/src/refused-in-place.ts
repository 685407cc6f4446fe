import { checkObject } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';

/** The same creator for many specs, all or none: what is refused (`InvalidInput`) says which of them it was, in its pointer. */
export function refusedInPlace<Create, Made>(creator: (spec: Create) => Made): (spec: Create, index: number) => Made {
  return (spec, index) => {
    try {
      checkObject(spec, '');
      return creator(spec);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      throw new InvalidInput(error.reason, error.message, `/${index}${error.pointer}`, error.cause);
    }
  };
}
