/** Why a value was refused. */
export interface StandardIssue {
  readonly message: string;
  /** The names and positions that lead to the offending part. */
  readonly path: readonly (string | number)[];
}

/** What became of a value. */
export type StandardResult<Output> = { readonly value: Output } | { readonly issues: readonly StandardIssue[] };

/** Standard Schema, version 1 (standardschema.dev): what routers, forms and RPC libraries validate with. */
export interface StandardSchema<Input, Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'holdfast';
    readonly validate: (value: unknown) => StandardResult<Output>;
    /** For the compiler only. */
    readonly types?: { readonly input: Input; readonly output: Output };
  };
}
