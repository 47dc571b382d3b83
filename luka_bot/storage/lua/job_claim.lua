-- A worker takes the job whose turn it is.
-- ARGV: now (seconds), token, worker's name, seconds of a lease, how many may run at once.
-- Returns {"OK", hash}, {"FULL"} or {"NONE"}.
local now = ARGV[1]
if redis.call('ZCOUNT', JOBS .. 'processing', '-inf', '(inf') >= tonumber(ARGV[5]) then
  return {'FULL'}
end
local id = redis.call('ZRANGE', JOBS .. 'ready', 0, 0)[1]
if not id then return {'NONE'} end
leave(id)
redis.call('HSET', JOB .. id, 'token', ARGV[2], 'worker', ARGV[3], 'started_at', now, 'progress', '')
redis.call('HINCRBY', JOB .. id, 'tries', 1)
enter(id, 'processing', tonumber(now) + tonumber(ARGV[4]))
changed(id, now)
return {'OK', job(id)}
