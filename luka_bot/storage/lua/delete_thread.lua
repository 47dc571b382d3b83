-- Hash, index entry, history and pointer go together; the trash keeps the first and third a while.
-- A second run finds what the first one did.
-- KEYS: none. ARGV: user id, thread id.
-- Returns {"OK", hash of the deleted, hash of the active one now or {}}, {"GONE"} or {"NOT_YOURS"}.
local uid, id = ARGV[1], ARGV[2]

if redis.call('HGET', TRASH .. id, 'user_id') == uid then
  local active = active_id(uid)
  return {'OK', redis.call('HGETALL', TRASH .. id), active and hash(active) or {}}
end
local standing = rank(uid, id)
if refused(standing) then return {standing} end
if standing ~= 'owner' then return {'NOT_YOURS'} end

local deleted = hash(id)
redis.call('RENAME', THREAD .. id, TRASH .. id)
redis.call('HSET', TRASH .. id, 'is_active', '0')
redis.call('EXPIRE', TRASH .. id, UNDO_SECONDS)
redis.call('DEL', TRASH_HISTORY .. id)
if redis.call('EXISTS', HISTORY .. id) == 1 then
  redis.call('RENAME', HISTORY .. id, TRASH_HISTORY .. id)
  redis.call('EXPIRE', TRASH_HISTORY .. id, UNDO_SECONDS)
end
redis.call('SREM', INDEX .. uid, id)

local active = active_id(uid)
return {'OK', deleted, active and hash(active) or {}}
