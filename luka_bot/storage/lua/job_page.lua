-- Some jobs of a list, and how many it has.
-- KEYS: a sorted set of ids. ARGV: how many to leave out, how many at most, "1" for the highest first.
-- Returns {total, hash, ...}.
local from, to = tonumber(ARGV[1]), tonumber(ARGV[1]) + tonumber(ARGV[2]) - 1
local ids = redis.call(ARGV[3] == '1' and 'ZREVRANGE' or 'ZRANGE', KEYS[1], from, to)
local page = {redis.call('ZCARD', KEYS[1])}
for _, id in ipairs(ids) do page[#page + 1] = job(id) end
return page
