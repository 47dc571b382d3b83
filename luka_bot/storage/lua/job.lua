-- What the scripts about jobs share. Constants (JOB, JOBS, ...) come from keys.py.
-- jobs:{state} holds ids: waiting ones by priority and age, running ones by the end of their lease,
-- others by when they ended. jobs:ready are those approved ones that workers take.

local function job(id) return redis.call('HGETALL', JOB .. id) end

-- Some fields of a job, "" for those that it hasn't got.
local function fields(id, ...)
  local found = redis.call('HMGET', JOB .. id, ...)
  for i = 1, select('#', ...) do found[i] = found[i] or '' end
  return found
end

local function rank(id)
  return (9 - tonumber(fields(id, 'priority')[1])) * 1e12 + tonumber(id)
end

-- Cards and pages show it anew.
local function changed(id, now)
  redis.call('HINCRBY', JOB .. id, 'version', 1)
  redis.call('ZADD', JOBS .. 'untold', now, id)
  redis.call('PUBLISH', JOB_NEWS, id)
end

local function one_of(text, list)
  return string.find(',' .. list .. ',', ',' .. text .. ',', 1, true) ~= nil
end

local function leave(id)
  local now = fields(id, 'state', 'owner')
  redis.call('ZREM', JOBS .. now[1], id)
  redis.call('ZREM', JOBS .. 'ready', id)
  redis.call('SREM', USER_OPEN_JOBS .. now[2], id)
end

-- score: of a running one, the end of its lease; of one that has ended, when.
local function enter(id, state, score)
  local now = fields(id, 'owner', 'executor')
  redis.call('HSET', JOB .. id, 'state', state)
  if one_of(state, 'pending,approved,processing') then
    redis.call('SADD', USER_OPEN_JOBS .. now[1], id)
  end
  if one_of(state, 'pending,approved') then score = rank(id) end
  redis.call('ZADD', JOBS .. state, score, id)
  if state == 'approved' and now[2] ~= 'manual' then
    redis.call('ZADD', JOBS .. 'ready', score, id)
  end
end

local function write(id, from)
  for i = from, #ARGV, 2 do redis.call('HSET', JOB .. id, ARGV[i], ARGV[i + 1]) end
end
