-- Say that a replica lives, and see who else is there.
-- KEYS: inbox:replicas. ARGV: replica, milliseconds without a sign of life, "1" to join or "0",
-- seconds since the epoch. Returns {"LOST"} if it was taken over and doesn't join; else {"OK",
-- other replica, "alive" | "silent" | "left", ...}.
local own = ARGV[1]
if ARGV[3] == '0' and not redis.call('ZSCORE', KEYS[1], own) then return {'LOST'} end
redis.call('ZADD', KEYS[1], ARGV[4], own)
redis.call('SET', REPLICA_LEASE .. own, own, 'PX', ARGV[2])

local seen = {'OK'}
local known = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #known, 2 do
  if known[i] ~= own then
    local state = 'silent'
    if redis.call('EXISTS', REPLICA_LEASE .. known[i]) == 1 then
      state = 'alive'
    elseif tonumber(known[i + 1]) == 0 then
      state = 'left'
    end
    seen[#seen + 1] = known[i]
    seen[#seen + 1] = state
  end
end
return seen
