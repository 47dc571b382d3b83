-- Conversations that somebody takes part in.
-- KEYS: user_convs:{pid}. ARGV: none. Returns {state, ...}; what has expired is pruned.
local found = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if there(id) then
    found[#found + 1] = state(id)
  else
    redis.call('SREM', KEYS[1], id)
  end
end
return found
