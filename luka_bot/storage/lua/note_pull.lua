-- How far a download is, and whether somebody has cancelled it.
-- KEYS: pull:{name}, pulls. ARGV: run, field, value, ...
-- Returns {"OK", who cancelled it or ""}, or {"LOST"} if another run goes on with it.
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return {'LOST'} end
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('EXPIRE', KEYS[1], LONG_WORK_SECONDS)
redis.call('EXPIRE', KEYS[2], LONG_WORK_SECONDS)
return {'OK', redis.call('HGET', KEYS[1], 'cancelled_by') or ''}
