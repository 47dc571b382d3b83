-- An invite, known by its fingerprint.
-- KEYS: conv_invite:{digest}. ARGV: conversation, seconds, field, value, ... Returns {"OK"} or {"GONE"}.
local id = ARGV[1]
if not there(id) then return {'GONE'} end
redis.call('HSET', KEYS[1], 'conv', id, unpack(ARGV, 3))
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('SADD', CONV_INVITES .. id, KEYS[1])
keep(id)
return {'OK'}
