-- Jobs whose worker was lost wait for another; one that lost so many workers has failed.
-- KEYS: none. ARGV: now (seconds), tries that a job has, how a failure of this kind is called.
-- Returns {id, state, ...}.
local lost = redis.call('ZRANGEBYSCORE', JOBS .. 'processing', '-inf', '(' .. ARGV[1], 'LIMIT', 0, 100)
local told = {}
for _, id in ipairs(lost) do
  local over = tonumber(fields(id, 'tries')[1]) >= tonumber(ARGV[2])
  leave(id)
  redis.call('HDEL', JOB .. id, 'token', 'progress')
  if over then
    redis.call('HSET', JOB .. id, 'error', ARGV[3], 'ended_at', ARGV[1])
  end
  enter(id, over and 'failed' or 'approved', ARGV[1])
  changed(id, ARGV[1])
  told[#told + 1] = id
  told[#told + 1] = over and 'failed' or 'approved'
end
return told
