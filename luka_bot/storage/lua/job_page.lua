-- Some jobs of a list, and how many it has.
-- KEYS: a sorted set of ids; maybe another, for those that are in both, which go by their place in
-- the first. ARGV: how many to leave out, how many at most, "1" for the highest first.
-- Returns {total, hash, ...}.
local from, to = tonumber(ARGV[1]), tonumber(ARGV[1]) + tonumber(ARGV[2]) - 1
local page = {}
local function take(ids)
  for _, id in ipairs(ids) do page[#page + 1] = job(id) end
end
if not KEYS[2] then
  page[1] = redis.call('ZCARD', KEYS[1])
  take(redis.call(ARGV[3] == '1' and 'ZREVRANGE' or 'ZRANGE', KEYS[1], from, to))
  return page
end
local both = redis.call('ZINTER', 2, KEYS[1], KEYS[2], 'WEIGHTS', 1, 0)
page[1] = #both
local ids = {}
for place = from + 1, math.min(to + 1, #both) do
  ids[#ids + 1] = both[ARGV[3] == '1' and #both + 1 - place or place]
end
take(ids)
return page
