-- What the turn scripts share: items are JSON text. A quote inside somebody's words is escaped
-- there, so the marks below are found only where they are meant. Items with an id are ours and
-- written compactly (codec.py); the oldest, without one, have spaces.

local function is_user(item)
  return string.find(item, '"role":%s*"user"') ~= nil
end

local function is_assistant(item)
  return string.find(item, '"role":%s*"assistant"') ~= nil
end

local function state_of(item)
  return string.match(item, '"state":"(%a+)"')
end

local function with_state(item, state)
  return (string.gsub(item, '"state":"%a+"', '"state":"' .. state .. '"', 1))
end

-- All items, the place of the turn's question, and of its answer; nil where there is none.
-- id is JSON text, quotes included.
local function find_turn(id, turn)
  local items = redis.call('LRANGE', HISTORY .. id, 0, -1)
  local mark = '"id":' .. turn
  local question, answer
  for place = #items, 1, -1 do
    if string.find(items[place], mark, 1, true) then
      if is_user(items[place]) then question = place else answer = place end
    end
  end
  return items, question, answer
end

local function before(items, question, limit)
  local kept = {}
  for place = math.max(1, question - limit), question - 1 do kept[#kept + 1] = items[place] end
  return kept
end

-- What to tell with an answer that isn't written yet: again in each run, until one is shown.
local function telling(id, turn, state)
  local flags = {}
  local known = redis.call('HMGET', THREAD .. id, 'expired_turn', 'trimming_told')
  if state ~= 'answered' and known[1] == turn then flags[#flags + 1] = 'history_expired' end
  if known[2] then flags[#flags + 1] = 'trimming_told' end
  return flags
end

-- What earlier runs left of a turn: {message ids or nil, a send on its way or nil, state or nil}.
-- From now on only owner sends for it.
local function take_turn(turn, thread, owner)
  local known = TURN .. turn
  local left = redis.call('HMGET', known, 'ids', 'wire', 'state')
  redis.call('HSET', known, 'thread', thread, 'owner', owner)
  redis.call('EXPIRE', known, TURN_SECONDS)
  return left
end

local function advance(turn, state)
  redis.call('HSET', TURN .. turn, 'state', state)
end

local function write_state(id, items, place, state)
  items[place] = with_state(items[place], state)
  redis.call('LSET', HISTORY .. id, place - 1, items[place])
end
