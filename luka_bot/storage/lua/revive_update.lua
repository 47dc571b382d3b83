-- Put a dead letter into the inbox again, once. What was said to it is forgotten: it was that we
-- couldn't handle it, and whoever finds that it stands would take it for what is to be said now.
-- KEYS: inbox:dead, inbox:replicas, inbox:tries. ARGV: entry id, seconds since the epoch, our
-- replica, update id, conversation or "", payload. Returns {"OK"}, {"GONE"} if it is no longer
-- among the dead, or {"LOST"} if our replica's place was taken over.
if not redis.call('ZSCORE', KEYS[2], ARGV[3]) then return {'LOST'} end
if redis.call('XDEL', KEYS[1], ARGV[1]) == 0 then return {'GONE'} end
redis.call('HDEL', KEYS[3], ARGV[4])
redis.call('DEL', REPLIES .. ARGV[4])
put(ARGV[3], ARGV[2], ARGV[4], ARGV[5], ARGV[6])
return {'OK'}
