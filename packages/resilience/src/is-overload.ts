/**
 * Whether an error comes of a limit of our own, or of more work than the other side can do: time helps, and other attempts
 * do not. By structure: errors of the database are not known here.
 */
export function isOverload(error: unknown): boolean {
  return (error as { readonly isOverload?: unknown } | null | undefined)?.isOverload === true;
}
