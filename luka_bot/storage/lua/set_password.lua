-- Somebody with an account gets another password.
-- KEYS: none. ARGV: uid, the new hash, the hash that must stand there until now ("": any).
-- Returns {"OK", hash}, {"GONE"}, {"NO_LOGIN"} or {"CHANGED"}.
local uid, expected = ARGV[1], ARGV[3]
if not known(uid) then return {'GONE'} end
local now = redis.call('HMGET', USER .. uid, 'login', 'password')
if not now[1] then return {'NO_LOGIN'} end
if expected ~= '' and now[2] ~= expected then return {'CHANGED'} end
redis.call('HSET', USER .. uid, 'password', ARGV[2])
return {'OK', person(uid)}
