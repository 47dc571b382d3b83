-- Switch to a thread; it lives 30 days from now.
-- KEYS: none. ARGV: user id, thread id. Returns {"OK", hash}, {"GONE"} or {"NOT_YOURS"}.
local uid, id = ARGV[1], ARGV[2]

local standing = rank(uid, id)
if refused(standing) then return {standing} end
activate(uid, id)
refresh(uid, id)
return {'OK', hash(id)}
