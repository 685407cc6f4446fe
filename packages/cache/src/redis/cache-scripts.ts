import { redisScript } from './redis-script.js';

// An entry has three keys: its value (`n` for what is not there, `v` and a text otherwise), its lease, and the suspensions
// that hold it: a sorted set of their tokens by the time at which each of them ends. Times are those of the server.
//
// So has what stands for all entries of a tenant and entity. Its value is their generation: values and leases are of one,
// and are nothing in another. So whoever deletes it has invalidated them all, and where a server has lost it, they are gone.

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
local function of(generation, text)
  return text and generation and string.sub(text, 1, #generation + 1) == generation .. '/'
    and string.sub(text, #generation + 2)
end
local function isSuspended(key)
  return redis.call('ZCOUNT', key, '(' .. now, '+inf') > 0
end
local function read(i)
  local generation = told(KEYS[i + 3])
  local value = of(generation, told(KEYS[i]))
  local left = value and redis.call('PTTL', KEYS[i]) or 0
  if value and (value == 'n' or left > staleMs) then return {value, left, false} end
  if isSuspended(KEYS[i + 2]) or isSuspended(KEYS[i + 4]) then return {value, left, false} end
  if not generation then
    if redis.pcall('SET', KEYS[i + 3], history .. token, 'PX', leaseMs).err then return {value, left, false} end
    generation = token
  elseif redis.call('PTTL', KEYS[i + 3]) < tonumber(leaseMs) then
    redis.call('PEXPIRE', KEYS[i + 3], leaseMs)
  end
  local lease = told(KEYS[i + 1])
  if not of(generation, lease) then
    lease = generation .. '/' .. token .. ':' .. i
    if redis.pcall('SET', KEYS[i + 1], history .. lease, 'PX', leaseMs).err then lease = false end
  end
  return {value, left, lease}
end
local isPrimary = string.find(info, 'role:master', 1, true)
local entries = {}
for i = 1, #KEYS, 5 do entries[#entries + 1] = isPrimary and read(i) or {false, 0, false} end
return entries
`,
  { isRead: true },
);

/** Stores a value if its lease is still there, and uses it up: 1 if it did. Of no value nothing is left. */
export const fillEntry = redisScript(
  'cache-fill',
  `
local lease, value, ms = ARGV[1], ARGV[2], tonumber(ARGV[3])
${history}
if redis.call('GET', KEYS[2]) ~= history .. lease then return 0 end
redis.call('DEL', KEYS[2])
local generation = redis.call('GET', KEYS[3])
if not generation or string.sub(history .. lease, 1, #generation + 1) ~= generation .. '/' then return 0 end
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
