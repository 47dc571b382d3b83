-- A job of another system comes in once, with its own number where that is free.
-- KEYS: job_seq. ARGV: number it had, origin, owner, the first job of its thread (0: itself), the job
-- replied to or "", state, executor, moment of its creation, moment when it ended or 0, field, value, ...
-- Returns {"OK", hash} or {"TAKEN"} where another job has the number, or {"AGAIN", hash}.
local id, origin, owner, thread = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if redis.call('EXISTS', JOB .. id) == 1 then
  if fields(id, 'origin')[1] == origin then return {'AGAIN', job(id)} end
  return {'TAKEN'}
end
if thread == '0' then thread = id end
redis.call('HSET', JOB .. id, 'id', id, 'thread_id', thread, 'parent_id', ARGV[5], 'owner', owner,
  'created_at', ARGV[8], 'ended_at', ARGV[9], 'origin', origin, 'executor', ARGV[7])
write(id, 10)
enter(id, ARGV[6], ARGV[9])
redis.call('ZADD', JOBS .. 'all', id, id)
redis.call('ZADD', USER_JOBS .. owner, id, id)
redis.call('ZADD', THREAD_JOBS .. thread, id, id)
if tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(id) then redis.call('SET', KEYS[1], id) end
return {'OK', job(id)}
