-- KEYS: inbox:replicas, inbox:dead. ARGV: none. Returns {how many updates wait, when the oldest came
-- or "", how many are dead, how many replicas live, the entry that died last or ""}.
local depth, oldest, alive = 0, '', 0
for _, replica in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local stream = INBOX_OF .. replica
  depth = depth + redis.call('XLEN', stream)
  alive = alive + redis.call('EXISTS', REPLICA_LEASE .. replica)
  local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
  if first then
    local at = first[2][4]
    if oldest == '' or tonumber(at) < tonumber(oldest) then oldest = at end
  end
end
local died = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
return {depth, oldest, redis.call('XLEN', KEYS[2]), alive, died and died[1] or ''}
