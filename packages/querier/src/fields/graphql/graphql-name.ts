/** A name of GraphQL that is not reserved and no literal: as a field, and as a value of an enum. */
export const graphqlName = /^(?!__|(?:true|false|null)$)[A-Za-z_][A-Za-z0-9_]*$/;
