-- A thread, for those who may see it.
-- KEYS: none. ARGV: user id, thread id. Returns {"OK", hash}, {"GONE"} or {"NOT_YOURS"}.
local uid, id = ARGV[1], ARGV[2]

local standing = rank(uid, id)
if refused(standing) then return {standing} end
return {'OK', hash(id)}
