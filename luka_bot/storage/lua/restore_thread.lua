-- Take a deleted thread out of the trash, with its history, and make it active. A group may have
-- another number by now, or ask by its old one.
-- KEYS: none. ARGV: user id, thread id, most threads a person may have.
-- Returns {"OK", hash}, {"GONE"}, {"NOT_YOURS"} or {"TOO_MANY"}.
local function now(uid) return redis.call('GET', MOVED .. uid) or uid end

local uid, id, most = now(ARGV[1]), ARGV[2], tonumber(ARGV[3])

-- a second tap on Undo finds it restored
if rank(uid, id) == 'owner' then return {'OK', hash(id)} end

local owner = redis.call('HGET', TRASH .. id, 'user_id')
if not owner then return {'GONE'} end
if now(owner) ~= uid then return {'NOT_YOURS'} end
if #living(uid) >= most then return {'TOO_MANY'} end

redis.call('RENAME', TRASH .. id, THREAD .. id)
redis.call('HSET', THREAD .. id, 'user_id', uid)
if redis.call('EXISTS', TRASH_HISTORY .. id) == 1 then
  redis.call('RENAME', TRASH_HISTORY .. id, HISTORY .. id)
  redis.call('EXPIRE', HISTORY .. id, HISTORY_SECONDS)
end
activate(uid, id)
refresh(uid, id)
return {'OK', hash(id)}
