-- Take what is one person's out of some keys, of any kind, and leave what is others'.
-- KEYS: of a thread, its turns and histories before itself. ARGV: the person's number, then each of
-- their names, as it is and as JSON. Returns {"OK"}.
local uid, names, quoted = ARGV[1], {}, {}
for i = 2, #ARGV, 2 do
  names[ARGV[i]] = true
  quoted[#quoted + 1] = '"name":' .. ARGV[i + 1]
end

local function owner(id)
  return redis.call('HGET', THREAD .. id, 'user_id') or redis.call('HGET', TRASH .. id, 'user_id')
end

local function drop_turn(turn)
  redis.call('DEL', TURN .. turn)
  local update = string.match(turn, '^u(%d+)$')
  if update then redis.call('DEL', REPLIES .. update) end
end

local function bears(item, mark)
  local _, last = string.find(item, mark .. uid, 1, true)
  return last and not string.find(item, '^%d', last + 1)
end

-- Before a group's questions bore the number of who wrote them, they bore the name alone.
local function said_by_them(item)
  if bears(item, '"writer":') or bears(item, '"sender_id":') then return true end
  for _, name in ipairs(quoted) do
    if string.find(item, name, 1, true) then
      local of_group = string.find(item, '"sender_id":-', 1, true)
      return of_group and not string.find(item, '"writer":', 1, true)
    end
  end
  return false
end

-- What others said in private isn't even looked at, and what is theirs goes with its thread.
local function may_hold_theirs(id, thread)
  local whose = redis.call('HGET', thread, 'user_id')
  if whose == uid then return false end
  return not whose or string.sub(whose, 1, 1) == '-'
    or redis.call('SISMEMBER', INDEX .. uid, id) == 1
    or redis.call('HEXISTS', thread, 'hist_seq') == 1 -- it is, or was, a conversation of many
end

-- A summary that is being written now, and may hold their words, comes too late for its place.
local function forget_summary(thread)
  if redis.call('EXISTS', thread) == 0 then return end
  local seq = redis.call('HGET', thread, 'seq') or '0'
  redis.call('HSET', thread, 'summary', '', 'summary_upto', seq)
  -- a divider would answer, and so quote, what was forgotten
  redis.call('HDEL', thread, 'writer:' .. uid, 'chat_id', 'last_message_id')
end

-- Their questions, and the answers to them.
local function forget_said(history, thread, id)
  if not may_hold_theirs(id, thread) then return end
  local items, turns, gone = redis.call('LRANGE', history, 0, -1), {}, 0
  for _, item in ipairs(items) do
    if said_by_them(item) then turns[string.match(item, '"id":"(.-)"') or ''] = true end
  end
  if not next(turns) then return end
  for place, item in ipairs(items) do
    if turns[string.match(item, '"id":"(.-)"') or ''] then
      redis.call('LSET', history, place - 1, '')
      gone = gone + 1
    end
  end
  redis.call('LREM', history, 0, '')
  for turn in pairs(turns) do drop_turn(turn) end
  if redis.call('EXISTS', thread) == 1 then
    local count = tonumber(redis.call('HGET', thread, 'message_count') or '0') or 0
    redis.call('HSET', thread, 'message_count', math.max(0, count - gone))
  end
  forget_summary(thread)
end

local function forget_thread(key, id)
  if redis.call('HGET', key, 'user_id') == uid then
    redis.call('DEL', THREAD .. id, HISTORY .. id, TRASH .. id, TRASH_HISTORY .. id)
  elseif redis.call('HEXISTS', key, 'writer:' .. uid) == 1 then
    forget_summary(key)
  end
end

local function drop_if(field)
  return function(key)
    if redis.call('HGET', key, field) == uid then redis.call('DEL', key) end
  end
end

local function drop_pointer(key)
  if redis.call('GET', key) == uid then redis.call('DEL', key) end
end

local KINDS = {
  [TURN] = function(_, turn)
    local id = redis.call('HGET', TURN .. turn, 'thread')
    if id and owner(id) == uid then drop_turn(turn) end
  end,
  [HISTORY] = function(key, id) forget_said(key, THREAD .. id, id) end,
  [TRASH_HISTORY] = function(key, id) forget_said(key, TRASH .. id, id) end,
  [THREAD] = forget_thread,
  [TRASH] = forget_thread,
  [USERNAME] = drop_pointer,
  [LOGIN] = drop_pointer,
  [SESSION] = drop_if('person'),
  [WEBLINK] = drop_if('person'),
  [CHAT_SESSION] = drop_if('person'),
  [CHAT_LINK] = drop_if('person'),
  [USER] = function(key)
    if names[redis.call('HGET', key, 'decided_by') or ''] then
      redis.call('HSET', key, 'decided_by', '')
    end
  end,
  [BROADCAST] = function(key)
    local one = redis.call('HMGET', key, 'by', 'decided_by', 'state')
    if one[1] ~= uid and not names[one[2] or ''] then return end
    -- one that is on its way goes on, by nobody; its words go with it in the end
    if one[3] ~= 'sending' then return redis.call('DEL', key) end
    redis.call('HSET', key, 'by', '0', 'by_name', '', 'decided_by', '')
  end,
  [BROADCAST_TO] = function(key) redis.call('LREM', key, 0, uid) end,
  [PULL] = function(key)
    if redis.call('HGET', key, 'by') == uid then
      redis.call('HSET', key, 'by', '0', 'by_name', '')
    end
  end,
  [INVITE] = function(key)
    if redis.call('HGET', key, 'by') == uid then
      redis.call('HSET', key, 'by', '0', 'by_name', '')
    end
  end,
}

for _, key in ipairs(KEYS) do
  for prefix, forget in pairs(KINDS) do
    if string.sub(key, 1, #prefix) == prefix then forget(key, string.sub(key, #prefix + 1)) end
  end
end
return {'OK'}
