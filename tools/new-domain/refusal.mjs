/** Why a domain is not made, in words for whoever asked for it. Nothing has been written. */
export class Refusal extends Error {}
