-- Somebody without Telegram gets an account, and with it a number that no Telegram user has.
-- KEYS: login:{login}, local_people. ARGV: login, hash of the password, role, folder, now (seconds).
-- Returns {"OK", hash} or {"TAKEN"}.
local login = ARGV[1]
if redis.call('EXISTS', KEYS[1]) == 1 then return {'TAKEN'} end
local uid = string.format('%.0f', FIRST_LOCAL + redis.call('INCR', KEYS[2]))
redis.call('SET', KEYS[1], uid)
record(uid, 'allowed', ARGV[5])
redis.call('HSET', USER .. uid, 'name', login, 'search', login, 'login', login,
  'password', ARGV[2], 'role', ARGV[3], 'folder', ARGV[4])
return {'OK', person(uid)}
