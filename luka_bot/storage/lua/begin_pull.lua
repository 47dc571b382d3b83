-- Begin to download a model, unless somebody does already.
-- KEYS: pull:{name}, pulls. ARGV: name, field, value, ...
-- Returns {"OK"} or {"RUNNING"}.
if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 and redis.call('EXISTS', KEYS[1]) == 1 then
  return {'RUNNING'}
end
redis.call('DEL', KEYS[1])
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('EXPIRE', KEYS[1], LONG_WORK_SECONDS)
redis.call('SADD', KEYS[2], ARGV[1])
redis.call('EXPIRE', KEYS[2], LONG_WORK_SECONDS)
return {'OK'}
