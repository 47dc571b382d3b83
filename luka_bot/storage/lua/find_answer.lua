-- Whose answer stands in a message.
-- KEYS: what is known of some turns. ARGV: the message's id. Returns {which of the keys, from 1},
-- or {0} if none of them.
for place, known in ipairs(KEYS) do
  local ids = redis.call('HGET', known, 'ids')
  if ids then
    for one in string.gmatch(ids, '%d+') do
      if one == ARGV[1] then return {place} end
    end
  end
end
return {0}
