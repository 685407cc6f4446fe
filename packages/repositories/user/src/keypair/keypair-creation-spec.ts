/** What a key pair is created with. Both halves are made here. */
export interface KeypairCreationSpec {
  /** Whether it is its user's default from now on, in place of the one that is. Default false. */
  readonly isDefault?: boolean;
  /** Default `default`. */
  readonly resourcePolicy?: string;
  /** Requests in 15 minutes. Default 10,000. */
  readonly rateLimit?: number;
}
