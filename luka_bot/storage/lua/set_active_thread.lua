-- Switch to a thread; its life begins anew.
-- KEYS: none. ARGV: user id, thread id, what asks for it or "". Returns {"OK", hash, "1" if it was
-- active already, but not by an earlier run of the same, else ""}, {"GONE"} or {"NOT_YOURS"}.
local uid, id, request = ARGV[1], ARGV[2], ARGV[3]

local standing = rank(uid, id)
if refused(standing) then return {standing} end
local before = redis.call('GET', ACTIVE .. uid)
local again = request ~= '' and redis.call('HGET', THREAD .. id, 'switched_by') == request
activate(uid, id)
refresh(uid, id)
if request ~= '' and before ~= id then redis.call('HSET', THREAD .. id, 'switched_by', request) end
return {'OK', hash(id), before == id and not again and '1' or ''}
