-- Somebody whom luka knows from Telegram gets a name and a password to sign in with.
-- KEYS: login:{login}. ARGV: uid, login, hash of the password, role, folder.
-- Returns {"OK", hash}, {"GONE"}, {"TAKEN"} or {"HAS", the name they sign in with already}.
local uid, login = ARGV[1], ARGV[2]
if not known(uid) then return {'GONE'} end
local own = redis.call('HGET', USER .. uid, 'login')
if own then return {'HAS', own} end
if redis.call('EXISTS', KEYS[1]) == 1 then return {'TAKEN'} end
redis.call('SET', KEYS[1], uid)
local search = redis.call('HGET', USER .. uid, 'search') or ''
redis.call('HSET', USER .. uid, 'login', login, 'password', ARGV[3], 'folder', ARGV[5],
  'search', search .. ' ' .. login)
-- Who is an admin already stays one.
if ARGV[4] == 'admin' then redis.call('HSET', USER .. uid, 'role', 'admin') end
return {'OK', person(uid)}
