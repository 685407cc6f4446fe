/** A document that is `null`, in a row of the oracle's: null itself stands for NULL there. */
export const jsonNull = Symbol('the document null');
