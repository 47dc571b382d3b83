-- Move an update to the dead letters, which forget after 14 days, and the oldest when there are too
-- many; only if it is still there: another replica may have taken it over, and deal with it.
-- KEYS: the replica's stream, inbox:tries, inbox:dead. ARGV: entry id, payload, reason, seconds
-- since the epoch. Returns {"OK"}.
if not drop(KEYS[1], ARGV[1], KEYS[2]) then return {'OK'} end
local oldest = string.format('%d', math.floor((tonumber(ARGV[4]) - DEAD_SECONDS) * 1000))
redis.call('XADD', KEYS[3], 'MINID', oldest, '*', 'payload', ARGV[2], 'reason', ARGV[3], 'at', ARGV[4])
redis.call('XTRIM', KEYS[3], 'MAXLEN', DEAD_ITEMS)
redis.call('EXPIRE', KEYS[3], DEAD_SECONDS)
return {'OK'}
