-- A worker that has to end lets another one do its job; that costs the job no try.
-- KEYS: none. ARGV: id, token, now (seconds).
-- Returns {"OK"} or {"LOST"}.
local id = ARGV[1]
local its = fields(id, 'state', 'token')
if its[1] ~= 'processing' or its[2] ~= ARGV[2] then return {'LOST'} end
leave(id)
redis.call('HDEL', JOB .. id, 'token', 'worker', 'progress')
redis.call('HINCRBY', JOB .. id, 'tries', -1)
enter(id, 'approved')
changed(id, ARGV[3])
return {'OK'}
