/** What a script answers. */
export type RedisReply = string | number | null | readonly RedisReply[];
