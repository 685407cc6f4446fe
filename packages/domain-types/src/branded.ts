declare const brand: unique symbol;

/**
 * A value that only its own constructor function hands out, so that an id of one kind is not taken for another.
 * At run time it is the plain value.
 */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };
