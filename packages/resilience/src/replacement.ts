/** The property by which an instance brings its own resilience; read on every call, so it is a plain property. */
export const replacement: unique symbol = Symbol.for('@holdfast/resilience/replacement') as never;
