-- Some who are to be told that a conversation was closed, and whom nobody else is telling.
-- KEYS: conv_farewells. ARGV: now, from when on they may be taken once more, how many at most.
-- Returns {JSON, ...}.
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, one in ipairs(found) do redis.call('ZADD', KEYS[1], ARGV[2], one) end
return found
