import { redisScript } from './redis-script.js';

// An entry has three keys: its value (`n` for what is not there, `v` and a text otherwise), its lease, and the suspensions
// that hold it: a sorted set of their tokens by the time at which each of them ends. Times are those of the server.

/**
 * Which history of the data this server has: another one after each failover and each restart, so that a server which was
 * promoted, or read an older state from its disk, trusts nothing that came with it. It may have lost invalidations that
 * had been acknowledged. Values and leases begin with it.
 */
const history = `
local info = redis.call('INFO', 'replication')
local history = string.sub(string.match(info, 'master_replid:(%x+)'), 1, 16)
`;

const clock = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/**
 * Of each entry the value, the milliseconds that are left of it, and the lease: given where there is no fresh value, and
 * nothing is suspended. A replica has neither: it may lag behind. `pcall`, because a server that is full still has values
 * to give.
 */
export const readEntries = redisScript(
  'cache-read',
  `
local token, leaseMs, staleMs = ARGV[1], ARGV[2], tonumber(ARGV[3])
${history}${clock}
local function told(key)
  local text = redis.call('GET', key)
  return text and string.sub(text, 1, #history) == history and string.sub(text, #history + 1)
end
local function read(i)
  local value = told(KEYS[i])
  local left = value and redis.call('PTTL', KEYS[i]) or 0
  if value and (value == 'n' or left > staleMs) then return {value, left, false} end
  if redis.call('ZCOUNT', KEYS[i + 2], '(' .. now, '+inf') > 0 then return {value, left, false} end
  local lease = told(KEYS[i + 1])
  if not lease then
    local set = redis.pcall('SET', KEYS[i + 1], history .. token .. ':' .. i, 'PX', leaseMs)
    lease = not set.err and token .. ':' .. i
  end
  return {value, left, lease}
end
local isPrimary = string.find(info, 'role:master', 1, true)
local entries = {}
for i = 1, #KEYS, 3 do entries[#entries + 1] = isPrimary and read(i) or {false, 0, false} end
return entries
`,
);

/** Stores a value if its lease is still there, and uses it up: 1 if it did. Of no value nothing is left. */
export const fillEntry = redisScript(
  'cache-fill',
  `
local token, value, ms = ARGV[1], ARGV[2], tonumber(ARGV[3])
${history}
if redis.call('GET', KEYS[2]) ~= history .. token then return 0 end
redis.call('DEL', KEYS[2])
if ms == 0 then
  redis.call('DEL', KEYS[1])
  return 0
end
redis.call('SET', KEYS[1], history .. value, 'PX', ms)
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
 * that writes can be told of. The set lasts as long as the longest of its suspensions.
 */
export const suspendEntries = redisScript(
  'cache-suspend',
  `
local token, ms = ARGV[3], ARGV[4]
for i = 1, #KEYS, 3 do redis.call('DEL', KEYS[i], KEYS[i + 1]) end
${tell}
${clock}
for i = 3, #KEYS, 3 do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
  redis.call('ZADD', KEYS[i], now + ms, token)
  redis.call('PEXPIREAT', KEYS[i], redis.call('ZRANGE', KEYS[i], -1, -1, 'WITHSCORES')[2])
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
