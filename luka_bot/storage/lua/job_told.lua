-- Cards show a job as it is in this version; if that is the newest, nothing is left to be told.
-- KEYS: none. ARGV: id, version.
-- Returns {"OK"}.
local id = ARGV[1]
local version = fields(id, 'version')[1]
if version ~= '' then redis.call('HSET', JOB .. id, 'told', ARGV[2]) end
if version == '' or version == ARGV[2] then redis.call('ZREM', JOBS .. 'untold', id) end
return {'OK'}
