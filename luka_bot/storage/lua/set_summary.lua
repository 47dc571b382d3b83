-- Write a rolling summary, unless a newer one is there.
-- KEYS: none. ARGV: thread id, text, last seq it covers. Returns {"OK"} or {"NO"}.
local thread = THREAD .. ARGV[1]

if redis.call('EXISTS', thread) == 0 then return {'NO'} end
local covered = tonumber(redis.call('HGET', thread, 'summary_upto') or '0') or 0
if tonumber(ARGV[3]) <= covered then return {'NO'} end
redis.call('HSET', thread, 'summary', ARGV[2], 'summary_upto', ARGV[3])
return {'OK'}
