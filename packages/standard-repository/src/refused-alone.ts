import { checkObject } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';

/**
 * The same creator for `bulkCreatePartial`: a spec that it refuses (`InvalidInput`) is the failure of that row, in its
 * place among the others, and not of all.
 */
export function refusedAlone<Create, Made>(
  creator: (spec: Create) => Made,
): (spec: Create) => Made | { readonly values: never } {
  return (spec) => {
    try {
      checkObject(spec, '');
      return creator(spec);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      // Asked for where the faults of rows are told apart.
      return {
        get values(): never {
          throw error;
        },
      };
    }
  };
}
