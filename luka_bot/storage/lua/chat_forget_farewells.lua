-- Who is forgotten needn't be told anything, and closed nothing.
-- KEYS: conv_farewells. ARGV: their number. Returns {"OK"}.
local found = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #found, 2 do
  local farewell = cjson.decode(found[i])
  if farewell.chat_id == ARGV[1] or farewell.by == ARGV[1] then
    redis.call('ZREM', KEYS[1], found[i])
  end
  if farewell.chat_id ~= ARGV[1] and farewell.by == ARGV[1] then
    farewell.by, farewell.by_name = '', ''
    redis.call('ZADD', KEYS[1], found[i + 1], cjson.encode(farewell))
  end
end
return {'OK'}
