-- Make a thread and make it active.
-- KEYS: none. ARGV: user id, most threads a person may have, stamp of the oldest first tap, fields
-- and values of the new thread (the id first; an empty name asks for "Chat N", N one above the
-- highest in use). Returns {"OK", hash} or {"TOO_MANY"}.
local uid, most, first_tap = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local fields = {unpack(ARGV, 4)}

-- a second run finds what the first one made; if it was deleted since, it stays deleted
local id = fields[2]
if rank(uid, id) == 'owner' then
  activate(uid, id)
  refresh(uid, id)
  return {'OK', hash(id)}
end
if redis.call('HGET', TRASH .. id, 'user_id') == uid then
  return {'OK', redis.call('HGETALL', TRASH .. id)}
end

local function name_of(flat)
  for i = 1, #flat, 2 do
    if flat[i] == 'name' then return flat[i + 1] end
  end
end

-- The first tap of two: the active thread, just made by one that gave no name, and still as it was.
local function tapped()
  local active = redis.call('GET', ACTIVE .. uid)
  if not active or rank(uid, active) ~= 'owner' then return nil end
  local known = redis.call('HMGET', THREAD .. active, 'name', 'auto_name', 'message_count', 'created_at')
  local untouched = known[2] and known[1] == known[2] and known[3] == '0'
    and known[4] >= first_tap
  return untouched and active or nil
end

local function highest_number(threads)
  local highest = #threads
  for _, thread in ipairs(threads) do
    local name = redis.call('HGET', THREAD .. thread[1], 'name') or ''
    -- at most six digits: a person may well name a thread "Chat 99999999999999999999"
    local number = string.match(name, '^Chat (%d%d?%d?%d?%d?%d?)$')
    if number and tonumber(number) > highest then highest = tonumber(number) end
  end
  return highest
end

local named = name_of(fields) ~= ''
local double = not named and tapped()
if double then return {'OK', hash(double)} end

local threads = living(uid)
if #threads >= most then return {'TOO_MANY'} end

if named then
  create(uid, fields)
elseif #threads == 0 then
  create_first(uid, fields)
  redis.call('HSET', THREAD .. id, 'auto_name', MAIN_CHAT)
else
  local name = string.format('Chat %d', highest_number(threads) + 1)
  create(uid, fields)
  redis.call('HSET', THREAD .. id, 'name', name, 'auto_name', name)
end
return {'OK', hash(id)}
