-- The active thread, else the newest, else a first one made now.
-- KEYS: none. ARGV: user id, fields and values of the thread to make. Returns {"OK", hash}.
local uid = ARGV[1]

local id = active_id(uid) or create_first(uid, {unpack(ARGV, 2)})
return {'OK', hash(id)}
