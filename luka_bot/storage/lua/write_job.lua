-- Write fields of a job, and let it live its days from now on.
-- KEYS: job. ARGV: "new" (what is there already stays as it is) or "old" (it must be there), then
-- field, value, ... Returns {"OK"} or {"GONE"}.
local there = redis.call('EXISTS', KEYS[1]) == 1
if ARGV[1] == 'new' and there then return {'OK'} end
if ARGV[1] == 'old' and not there then return {'GONE'} end
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('EXPIRE', KEYS[1], LONG_WORK_SECONDS)
return {'OK'}
