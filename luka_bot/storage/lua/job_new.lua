-- A job is handed in, once for each origin.
-- KEYS: job_of:{origin}, job_seq. ARGV: now (seconds), owner, the job replied to or "", state, how
-- many of the owner's may be open, field, value, ...
-- Returns {"OK" or "AGAIN", hash}, {"GONE"}, {"OTHERS"}, {"EARLY", state} or {"FULL"}.
local again = redis.call('GET', KEYS[1])
if again and redis.call('EXISTS', JOB .. again) == 1 then return {'AGAIN', job(again)} end
local now, owner, parent, state = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local thread = ''
if parent ~= '' then
  local its = fields(parent, 'owner', 'state', 'thread_id')
  if its[1] == '' then return {'GONE'} end
  if its[1] ~= owner then return {'OTHERS'} end
  if its[2] ~= 'completed' then return {'EARLY', its[2]} end
  thread = its[3]
end
if redis.call('SCARD', USER_OPEN_JOBS .. owner) >= tonumber(ARGV[5]) then return {'FULL'} end
local id = tostring(redis.call('INCR', KEYS[2]))
if thread == '' then thread = id end
redis.call('HSET', JOB .. id, 'id', id, 'thread_id', thread, 'parent_id', parent, 'owner', owner,
  'created_at', now)
write(id, 6)
enter(id, state)
redis.call('ZADD', JOBS .. 'all', id, id)
redis.call('ZADD', USER_JOBS .. owner, id, id)
redis.call('ZADD', THREAD_JOBS .. thread, id, id)
redis.call('SET', KEYS[1], id, 'EX', ASKED_SECONDS)
changed(id, now)
return {'OK', job(id)}
