-- The jobs of a thread up to one of them, oldest first.
-- KEYS: none. ARGV: id, "1" for those after it, too.
-- Returns {hash, ...}; none where there is no such job.
local thread = fields(ARGV[1], 'thread_id')[1]
local found = {}
local last = ARGV[2] == '1' and '+inf' or ARGV[1]
for _, id in ipairs(redis.call('ZRANGEBYSCORE', THREAD_JOBS .. thread, '-inf', last)) do
  found[#found + 1] = job(id)
end
return found
