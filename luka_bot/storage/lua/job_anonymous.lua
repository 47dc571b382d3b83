-- In jobs of others nobody is told any more that somebody handed them in or decided about them.
-- KEYS: none. ARGV: their number, the first job to look at, how many.
-- Returns {}.
for id = tonumber(ARGV[2]), tonumber(ARGV[2]) + tonumber(ARGV[3]) - 1 do
  local key = JOB .. id
  local its = redis.call('HMGET', key, 'by', 'decided_id', 'owner')
  if its[1] == ARGV[1] then redis.call('HSET', key, 'by', its[3], 'by_name', '') end
  if its[2] == ARGV[1] then redis.call('HSET', key, 'decided_id', '', 'decided_by', '') end
end
return {}
