-- Say how this process stands in front of the model, let in whoever's turn it is, see what is new.
-- KEYS: line:waiting (by tag), line:running, line:people (the tag each may have next), line:pace
-- (served: the tag that was let in last; seconds: how long a generation takes), line:holders,
-- line:cancelled (places to be stopped by whoever holds them).
-- ARGV: holder, milliseconds without a sign of it, most that run, most of one person, then verb,
-- place, value, ...: "gone" (a dead holder, ""), "left" (a place, the seconds that it ran or ""),
-- "runs" (a place, ""), "waits", "overtakes" or "spare" (a place, its tag or ""). A place is named
-- "arrival person serial holder".
-- Returns {seconds, {other living holder, ...}, {place that was let in, ...}, {place
-- that somebody wants stopped, ...}, position or 0 to run,
-- tag, ...}, two for each that waits, overtakes or is spare.
local WAITING, RUNNING, PEOPLE, PACE, HOLDERS, CANCELLED = unpack(KEYS)
local holder, limit, each = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
local AHEAD = 1e9 -- tags of those who overtake are lower by this, that of the spare is this

local function person_of(place) return string.match(place, '^%d+ (%S+)') end
local function holder_of(place) return string.match(place, '^%d+ %S+ %S+ (.*)$') end

-- Nobody is served later for what they waited for in vain.
local function give_place_up(place)
  local person = person_of(place)
  if redis.call('ZREM', WAITING, place) == 1 and redis.call('ZSCORE', PEOPLE, person) then
    redis.call('ZINCRBY', PEOPLE, -1, person)
  end
end

local function forget(dead)
  for _, place in ipairs(redis.call('ZRANGE', WAITING, 0, -1)) do
    if dead[holder_of(place)] then give_place_up(place) end
  end
  for _, place in ipairs(redis.call('SMEMBERS', RUNNING)) do
    if dead[holder_of(place)] then redis.call('SREM', RUNNING, place) end
  end
  for _, place in ipairs(redis.call('SMEMBERS', CANCELLED)) do
    if dead[holder_of(place)] then redis.call('SREM', CANCELLED, place) end
  end
  for name in pairs(dead) do
    redis.call('SREM', HOLDERS, name)
    redis.call('DEL', LINE_LEASE .. name)
  end
end

local function leave(place, seconds)
  redis.call('SREM', CANCELLED, place)
  if redis.call('SREM', RUNNING, place) == 0 then return give_place_up(place) end
  if seconds == '' then return end
  local usual = tonumber(redis.call('HGET', PACE, 'seconds') or seconds)
  redis.call('HSET', PACE, 'seconds', usual + 0.2 * (tonumber(seconds) - usual))
end

-- Start-time fair queueing: a person's next question is a round later than their last one, and
-- nobody saves rounds up by being away.
local function enter(place, tag, rank)
  if redis.call('SISMEMBER', RUNNING, place) == 1 then return end
  if redis.call('ZSCORE', WAITING, place) then return end
  if rank == 'spare' then return redis.call('ZADD', WAITING, AHEAD, place) end
  local person = person_of(place)
  local own = tonumber(redis.call('ZSCORE', PEOPLE, person) or 0)
  local round = math.max(tonumber(redis.call('HGET', PACE, 'served') or 0), own)
  if tag == '' then
    tag = rank == 'overtakes' and round - AHEAD or round
    redis.call('ZADD', PEOPLE, round + 1, person)
  end
  redis.call('ZADD', WAITING, tag, place)
end

local granted = {}
local function let_in()
  local count = redis.call('SCARD', RUNNING)
  if count >= limit or redis.call('EXISTS', WAITING) == 0 then return end
  local theirs = {}
  for _, place in ipairs(redis.call('SMEMBERS', RUNNING)) do
    theirs[person_of(place)] = (theirs[person_of(place)] or 0) + 1
  end
  local served, passed = tonumber(redis.call('HGET', PACE, 'served') or 0), 0
  while count < limit do
    local some = redis.call('ZRANGE', WAITING, passed, passed + 99, 'WITHSCORES')
    if #some == 0 then break end
    for i = 1, #some, 2 do
      local place, tag = some[i], tonumber(some[i + 1])
      local running = theirs[person_of(place)] or 0
      if count < limit and running < each then
        redis.call('ZREM', WAITING, place)
        redis.call('SADD', RUNNING, place)
        granted[#granted + 1] = place
        theirs[person_of(place)], count = running + 1, count + 1
        if tag < AHEAD then served = math.max(served, tag) end
      else
        passed = passed + 1
      end
    end
  end
  redis.call('HSET', PACE, 'served', served)
  redis.call('ZREMRANGEBYSCORE', PEOPLE, '-inf', served)
  redis.call('ZREMRANGEBYRANK', PEOPLE, 0, -1 - LINE_PEOPLE)
end

redis.call('SET', LINE_LEASE .. holder, holder, 'PX', ARGV[2])
redis.call('SADD', HOLDERS, holder)
local dead, others, asked = {}, {}, {}
for i = 5, #ARGV, 3 do
  local verb, place, value = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if verb == 'gone' then
    dead[place] = true
  elseif verb == 'left' then
    leave(place, value)
  elseif verb == 'runs' then
    redis.call('ZREM', WAITING, place)
    redis.call('SADD', RUNNING, place)
  else
    enter(place, value, verb)
    asked[#asked + 1] = place
  end
end
for _, name in ipairs(redis.call('SMEMBERS', HOLDERS)) do
  if name ~= holder and not dead[name] then
    if redis.call('EXISTS', LINE_LEASE .. name) == 1 then
      others[#others + 1] = name
    else
      dead[name] = true
    end
  end
end
if next(dead) then forget(dead) end
let_in()
if redis.call('EXISTS', WAITING, RUNNING) == 0 then
  redis.call('DEL', PEOPLE)
  redis.call('HDEL', PACE, 'served')
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, LINE_SECONDS) end

local stopped = {}
for _, place in ipairs(redis.call('SMEMBERS', CANCELLED)) do
  if holder_of(place) == holder then stopped[#stopped + 1] = place end
end

local seen = {redis.call('HGET', PACE, 'seconds') or '', others, granted, stopped}
for _, place in ipairs(asked) do
  local rank = redis.call('ZRANK', WAITING, place)
  seen[#seen + 1] = rank and rank + 1 or 0
  seen[#seen + 1] = rank and redis.call('ZSCORE', WAITING, place) or ''
end
return seen
