import { redisScript } from '../redis/redis-script.js';

// KEYS: a sorted set of ids by the time they were heard of, a hash of counts by `id` and name, and a hash that says since
// when the server has been there without a gap, and when it was used last. Times are those of the server. ARGV begins with
// the longest gap and the time after which everything is forgotten.

/**
 * Notes that the server is there. After a gap, or with a clock that was set back, silence is counted from now on. `pcall`,
 * because a server that is full still knows what it knows.
 */
const attend = `
local gapMs, forgetMs = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local since, last = unpack(redis.call('HMGET', KEYS[3], 'since', 'last'))
if not last or now - last > gapMs or now < tonumber(last) then since = now end
redis.pcall('HSET', KEYS[3], 'since', since, 'last', now)
`;

const keep = `for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], forgetMs) end`;

const forgetOld = `
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - forgetMs, 'LIMIT', 0, 100)
for _, id in ipairs(old) do
  redis.call('ZREM', KEYS[1], id)
  for n = 1, #names do redis.call('HDEL', KEYS[2], names[n] .. ':' .. id) end
end
`;

/** Some were heard of. ARGV: how many counts there are, their names, then for each its id and its counts, empty where it stays. */
export const hear = redisScript(
  'state-hear',
  `${attend}
local names, at = {}, 3
for n = 1, tonumber(ARGV[3]) do names[n] = ARGV[3 + n] end
at = 4 + #names
while at <= #ARGV do
  local id = ARGV[at]
  redis.call('ZADD', KEYS[1], now, id)
  for n = 1, #names do
    if ARGV[at + n] ~= '' then redis.call('HSET', KEYS[2], names[n] .. ':' .. id, ARGV[at + n]) end
  end
  at = at + 1 + #names
end
${forgetOld}
${keep}
return 1
`,
);

/** Adds to counts that are known: all of them or none. ARGV: the id, then names and what is added. The new counts, or nil. */
export const change = redisScript(
  'state-change',
  `${attend}
local id, sums = ARGV[3], {}
for at = 4, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[2], ARGV[at] .. ':' .. id) == 0 then return false end
end
for at = 4, #ARGV, 2 do
  sums[#sums + 1] = redis.call('HINCRBY', KEYS[2], ARGV[at] .. ':' .. id, ARGV[at + 1])
end
return sums
`,
);

/** What is known. ARGV: how many counts there are, their names, then ids. For how long it hears, then for each. */
export const look = redisScript(
  'state-look',
  `${attend}
local answer, names = { now - since }, {}
for n = 1, tonumber(ARGV[3]) do names[n] = ARGV[3 + n] end
for at = 4 + #names, #ARGV do
  local heard = redis.call('ZSCORE', KEYS[1], ARGV[at])
  answer[#answer + 1] = heard and now - heard
  for n = 1, #names do answer[#answer + 1] = redis.call('HGET', KEYS[2], names[n] .. ':' .. ARGV[at]) end
end
return answer
`,
);

/** Those not heard of for ARGV[3] milliseconds, longest first, up to ARGV[4] of them; none while that is not known. */
export const listSilent = redisScript(
  'state-silent',
  `${attend}
local silentMs = tonumber(ARGV[3])
if now - since <= silentMs then return { now - since } end
return { now - since, unpack(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - silentMs - 1, 'LIMIT', 0, ARGV[4])) }
`,
);

/** Forgets some. ARGV: how many counts there are, their names, then ids. */
export const forget = redisScript(
  'state-forget',
  `${attend}
local names = {}
for n = 1, tonumber(ARGV[3]) do names[n] = ARGV[3 + n] end
for at = 4 + #names, #ARGV do
  redis.call('ZREM', KEYS[1], ARGV[at])
  for n = 1, #names do redis.call('HDEL', KEYS[2], names[n] .. ':' .. ARGV[at]) end
end
return 1
`,
);
