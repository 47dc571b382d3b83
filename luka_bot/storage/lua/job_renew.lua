-- A worker still does its job, and says how far it is.
-- KEYS: none. ARGV: id, token, now (seconds), seconds of a lease, a line of progress.
-- Returns {"OK"} or {"LOST"}.
local id = ARGV[1]
local its = fields(id, 'state', 'token', 'progress')
if its[1] ~= 'processing' or its[2] ~= ARGV[2] then return {'LOST'} end
redis.call('ZADD', JOBS .. 'processing', tonumber(ARGV[3]) + tonumber(ARGV[4]), id)
if ARGV[5] ~= '' and its[3] ~= ARGV[5] then
  redis.call('HSET', JOB .. id, 'progress', ARGV[5])
  changed(id, ARGV[3])
end
return {'OK'}
