import { redisScript } from './redis-script.js';

// An entry has three keys: its value (`n` for what is not there, `v` and a text otherwise), its lease, and the suspensions
// that hold it: a sorted set of their tokens by the time at which each of them ends. Times are those of the server.
//
// So has what stands for all entries of a tenant and entity. Its value is their generation: values and leases begin with the
// one that they are of, and are nothing in another one. So whoever deletes it has invalidated them all, and where a server
// has lost it, they are gone.

/**
 * The value, the milliseconds that are left of it, and the lease: given where there is no fresh value, and nothing is
 * suspended. `pcall`, because a server that is full, or only reads, still has values to give.
 */
export const readEntry = redisScript(
  'cache-read',
  `
local token, leaseMs, staleMs = ARGV[1], ARGV[2], tonumber(ARGV[3])
local stored, generation = redis.call('GET', KEYS[1]), redis.call('GET', KEYS[4])
local value, left = false, 0
if stored and generation and string.sub(stored, 1, #generation + 1) == generation .. '/' then
  value, left = string.sub(stored, #generation + 2), redis.call('PTTL', KEYS[1])
end
if value and (value == 'n' or left > staleMs) then return {value, left, false} end
local time = redis.call('TIME')
local now = '(' .. time[1] * 1000 + math.floor(time[2] / 1000)
for i = 3, 5, 2 do
  if redis.call('ZCOUNT', KEYS[i], now, '+inf') > 0 then return {value, left, false} end
end
if not generation then
  if redis.pcall('SET', KEYS[4], token, 'PX', leaseMs).err then return {value, left, false} end
  generation = token
elseif redis.call('PTTL', KEYS[4]) < tonumber(leaseMs) then
  redis.call('PEXPIRE', KEYS[4], leaseMs)
end
local lease = redis.call('GET', KEYS[2])
if not lease or string.sub(lease, 1, #generation + 1) ~= generation .. '/' then
  lease = generation .. '/' .. token
  if redis.pcall('SET', KEYS[2], lease, 'PX', leaseMs).err then lease = false end
end
return {value, left, lease}
`,
);

/** Stores a value if its lease is still there, and uses it up: 1 if it did. Of no value nothing is left. */
export const fillEntry = redisScript(
  'cache-fill',
  `
local lease, value, ms = ARGV[1], ARGV[2], tonumber(ARGV[3])
if redis.call('GET', KEYS[2]) ~= lease then return 0 end
redis.call('DEL', KEYS[2])
local generation = redis.call('GET', KEYS[3])
if not generation or string.sub(lease, 1, #generation + 1) ~= generation .. '/' then return 0 end
if ms == 0 then
  redis.call('DEL', KEYS[1])
  return 0
end
redis.call('SET', KEYS[1], generation .. '/' .. value, 'PX', ms)
if redis.call('PTTL', KEYS[3]) < ms then redis.call('PEXPIRE', KEYS[3], ms) end
return 1
`,
);

const tell = `if ARGV[1] ~= '' then redis.call('PUBLISH', ARGV[1], ARGV[2]) end`;

/** Removes values and leases, and says so. A server that is full does it, too. */
export const invalidateEntries = redisScript(
  'cache-invalidate',
  `
redis.call('DEL', unpack(KEYS))
${tell}
return 1
`,
);

/**
 * The same, and suspends. What is deleted goes first: after that a server that is full takes the rest of a script, too, so
 * that writes can be told of.
 */
export const suspendEntries = redisScript(
  'cache-suspend',
  `
local token, ms = ARGV[3], ARGV[4]
for i = 1, #KEYS, 3 do redis.call('DEL', KEYS[i], KEYS[i + 1]) end
${tell}
local time = redis.call('TIME')
local until_ms = time[1] * 1000 + math.floor(time[2] / 1000) + ms
for i = 3, #KEYS, 3 do
  redis.call('ZADD', KEYS[i], until_ms, token)
  redis.call('PEXPIRE', KEYS[i], ms)
end
return 1
`,
);

/** Ends a suspension, and invalidates again. How many entries it still held. */
export const resumeEntries = redisScript(
  'cache-resume',
  `
local held = 0
for i = 1, #KEYS, 3 do
  redis.call('DEL', KEYS[i], KEYS[i + 1])
  held = held + redis.call('ZREM', KEYS[i + 2], ARGV[3])
end
${tell}
return held
`,
);
