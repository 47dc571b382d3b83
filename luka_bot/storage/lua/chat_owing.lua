-- Conversations that owe something, longest first; what has expired is pruned.
-- KEYS: none. ARGV: most. Returns {conversation, ...}.
local found = {}
for _, id in ipairs(redis.call('ZRANGE', CONV_OWING, 0, -1)) do
  if redis.call('EXISTS', CONV .. id, THREAD .. id, CONV_WORK .. id) == 3 then
    found[#found + 1] = id
    if #found == tonumber(ARGV[1]) then break end
  else
    redis.call('ZREM', CONV_OWING, id)
  end
end
return found
