-- What the thread scripts share. Constants (THREAD, THREAD_SECONDS, ...) come from keys.py.

-- "owner", "member", or the refusal: "GONE", "NOT_YOURS"
local function rank(uid, id)
  local owner = redis.call('HGET', THREAD .. id, 'user_id')
  if not owner then return 'GONE' end
  if owner == uid then return 'owner' end
  if redis.call('SISMEMBER', INDEX .. uid, id) == 1 then return 'member' end
  return 'NOT_YOURS'
end

local function refused(standing)
  return standing == 'GONE' or standing == 'NOT_YOURS'
end

-- A turn and a switch keep the thread alive; an owner's index heals where it lost the id.
local function refresh(uid, id)
  if rank(uid, id) == 'owner' then redis.call('SADD', INDEX .. uid, id) end
  redis.call('EXPIRE', INDEX .. uid, THREAD_SECONDS)
  redis.call('EXPIRE', ACTIVE .. uid, THREAD_SECONDS)
  redis.call('EXPIRE', THREAD .. id, THREAD_SECONDS)
end

-- The newer stamp stays: a late write never makes a thread older.
local function rise(id, stamp)
  local known = redis.call('HGET', THREAD .. id, 'updated_at')
  if not known or known < stamp then redis.call('HSET', THREAD .. id, 'updated_at', stamp) end
end

-- {id, updated_at, created_at} of each living thread, newest first; ids of expired ones are pruned.
local function living(uid)
  local found = {}
  for _, id in ipairs(redis.call('SMEMBERS', INDEX .. uid)) do
    local times = redis.call('HMGET', THREAD .. id, 'updated_at', 'created_at')
    if times[1] then
      found[#found + 1] = {id, times[1], times[2] or ''}
    else
      redis.call('SREM', INDEX .. uid, id)
    end
  end
  table.sort(found, function(a, b)
    if a[2] ~= b[2] then return a[2] > b[2] end
    if a[3] ~= b[3] then return a[3] > b[3] end
    return a[1] > b[1]
  end)
  return found
end

local function mark_active(uid, id, flag)
  if redis.call('HGET', THREAD .. id, 'user_id') == uid then
    redis.call('HSET', THREAD .. id, 'is_active', flag)
  end
end

local function activate(uid, id)
  local before = redis.call('GET', ACTIVE .. uid)
  if before and before ~= id then mark_active(uid, before, '0') end
  redis.call('SET', ACTIVE .. uid, id, 'EX', THREAD_SECONDS)
  mark_active(uid, id, '1')
end

-- The active thread's id; the newest takes the place of one that is gone. nil if there is none.
local function active_id(uid)
  local id = redis.call('GET', ACTIVE .. uid)
  if id and not refused(rank(uid, id)) then return id end
  local newest = living(uid)[1]
  if newest then
    activate(uid, newest[1])
    return newest[1]
  end
  if id then redis.call('DEL', ACTIVE .. uid) end
  return nil
end

-- fields: field, value, ... with the id as the first value.
local function create(uid, fields)
  local id = fields[2]
  redis.call('HSET', THREAD .. id, unpack(fields))
  activate(uid, id)
  refresh(uid, id)
  return id
end

-- The first thread takes over what was said before there were threads.
local function create_first(uid, fields)
  local id = create(uid, fields)
  redis.call('HSET', THREAD .. id, 'name', MAIN_CHAT)
  local old = OLD_HISTORY .. uid
  if redis.call('TYPE', old).ok == 'list' then
    redis.call('RENAME', old, HISTORY .. id)
    redis.call('EXPIRE', HISTORY .. id, HISTORY_SECONDS)
    redis.call('HSET', THREAD .. id, 'message_count', redis.call('LLEN', HISTORY .. id))
  end
  return id
end

-- An item of a history with the number that it has in a conversation.
local function numbered(item, number)
  return string.format('{"n":%d,', number) .. string.sub(item, 2)
end

local function hash(id)
  return redis.call('HGETALL', THREAD .. id)
end
