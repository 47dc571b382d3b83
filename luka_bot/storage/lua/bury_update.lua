-- Move an update to the dead letters, which forget after 14 days.
-- KEYS: inbox, inbox:dead, inbox:tries. ARGV: entry id, payload, reason, seconds since the epoch.
-- Returns {"OK"}.
local oldest = string.format('%d', math.floor((tonumber(ARGV[4]) - DEAD_SECONDS) * 1000))
redis.call('XADD', KEYS[2], 'MINID', oldest, '*', 'payload', ARGV[2], 'reason', ARGV[3], 'at', ARGV[4])
redis.call('EXPIRE', KEYS[2], DEAD_SECONDS)
redis.call('XDEL', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
return {'OK'}
