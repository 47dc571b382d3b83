-- A worker takes the job whose turn it is. Asked a second time with the same token, it gets the job
-- that it took.
-- KEYS: none. ARGV: now (seconds), token, worker's name, seconds of a lease, how many may run at once.
-- Returns {"OK", hash}, {"FULL"} or {"NONE"}.
local now, ends = ARGV[1], tonumber(ARGV[1]) + tonumber(ARGV[4])
local running = redis.call('ZRANGEBYSCORE', JOBS .. 'processing', '-inf', '(inf')
for _, id in ipairs(running) do
  if fields(id, 'token')[1] == ARGV[2] then
    redis.call('ZADD', JOBS .. 'processing', ends, id)
    return {'OK', job(id)}
  end
end
if #running >= tonumber(ARGV[5]) then return {'FULL'} end
local id = redis.call('ZRANGE', JOBS .. 'ready', 0, 0)[1]
if not id then return {'NONE'} end
leave(id)
redis.call('HSET', JOB .. id, 'token', ARGV[2], 'worker', ARGV[3], 'started_at', now, 'progress', '')
redis.call('HINCRBY', JOB .. id, 'tries', 1)
enter(id, 'processing', ends)
changed(id, now)
return {'OK', job(id)}
