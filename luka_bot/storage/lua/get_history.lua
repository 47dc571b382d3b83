-- The last messages of a thread, oldest first.
-- KEYS: none. ARGV: user id, thread id, limit. Returns {"OK", {item, ...}}, {"GONE"}, {"NOT_YOURS"}.
local uid, id, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])

local standing = rank(uid, id)
if refused(standing) then return {standing} end
return {'OK', redis.call('LRANGE', HISTORY .. id, -limit, -1)}
