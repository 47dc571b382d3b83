-- Have somebody's place in the line given up by whoever holds it.
-- KEYS: line:waiting, line:running, line:cancelled. ARGV: how the place's name begins, seconds that
-- the wish is kept. Returns {"OK"}, {"AGAIN"} if somebody wished it before, or
-- {"GONE"} if no such place is there any more.
local found
for _, place in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if string.sub(place, 1, #ARGV[1]) == ARGV[1] then found = place end
end
for _, place in ipairs(redis.call('SMEMBERS', KEYS[2])) do
  if string.sub(place, 1, #ARGV[1]) == ARGV[1] then found = place end
end
if not found then return {'GONE'} end
local wished = redis.call('SADD', KEYS[3], found)
redis.call('EXPIRE', KEYS[3], ARGV[2])
return {wished == 1 and 'OK' or 'AGAIN'}
