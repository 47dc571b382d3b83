-- A job goes for good.
-- KEYS: none. ARGV: id, owner or "" if that doesn't matter, "1" if it may not have ended.
-- Returns {"OK"}, {"GONE"}, {"OTHERS"} or {"MOVED", hash}.
local id = ARGV[1]
local its = fields(id, 'owner', 'state', 'thread_id')
if its[1] == '' then return {'GONE'} end
if ARGV[2] ~= '' and its[1] ~= ARGV[2] then return {'OTHERS'} end
if ARGV[3] ~= '1' and one_of(its[2], 'pending,approved,processing') then return {'MOVED', job(id)} end
leave(id)
for _, spot in ipairs(redis.call('SMEMBERS', JOB_SPOTS .. id)) do redis.call('DEL', spot) end
redis.call('ZREM', JOBS .. 'all', id)
redis.call('ZREM', JOBS .. 'untold', id)
redis.call('ZREM', USER_JOBS .. its[1], id)
redis.call('ZREM', THREAD_JOBS .. its[3], id)
redis.call('DEL', JOB .. id, JOB_SPOTS .. id)
redis.call('PUBLISH', JOB_NEWS, id)
return {'OK'}
