import { escapePointer } from '@holdfast/querier';

/** Where the value of a property stands in what is given: dots are objects on the way (RFC 6901). */
export function propertyPointer(property: string): string {
  return `/${property.split('.').map(escapePointer).join('/')}`;
}
