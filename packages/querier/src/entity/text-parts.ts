/**
 * Takes what a text is made of, part by part. Each part is a column, an operator or a constant, the same whenever it comes,
 * and never a value or a name that somebody gives: equal parts in equal order are one text.
 */
export interface TextParts {
  and(part: unknown): unknown;
}
