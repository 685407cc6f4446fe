import { type IntegrityErrorCheck, NotNullViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';

/**
 * The integrity check of a creator for what must be there: `InvalidInput` (`MISSING_VALUE`), which points to the property
 * of the entity that has no value. `sentences` are for those that callers may leave out because a scope may give them; for
 * the others there is one.
 */
export function missingValue<Columns extends object>(
  entity: { readonly options: { readonly columns: Columns } },
  sentences: { readonly [Property in keyof Columns]?: string },
): IntegrityErrorCheck {
  return {
    violation: NotNullViolation,
    error(violation) {
      const columns: readonly (readonly [string, { readonly name?: string } | undefined])[] = Object.entries(
        entity.options.columns,
      );
      const [property] = columns.find(([key, column]) => (column?.name ?? key) === violation.column) ?? [];
      const sentence = (sentences as Readonly<Record<string, string | undefined>>)[property ?? ''];
      const pointer = property === undefined ? '' : `/${property}`;
      return new InvalidInput(
        'MISSING_VALUE',
        sentence ?? 'A value that must be there is missing.',
        pointer,
        violation,
      );
    },
  };
}
