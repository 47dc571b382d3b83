-- Count an attempt under several names at once; none is counted where one has had too many.
-- KEYS: attempts:{name}, ... ARGV: how many are too many, seconds for which they are counted.
-- Returns {seconds until there is room, 0 if it was counted}.
local wait = 0
for _, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[1]) then
    wait = math.max(wait, redis.call('TTL', key), 1)
  end
end
if wait > 0 then return {wait} end
for _, key in ipairs(KEYS) do
  if redis.call('INCR', key) == 1 then redis.call('EXPIRE', key, ARGV[2]) end
end
return {0}
