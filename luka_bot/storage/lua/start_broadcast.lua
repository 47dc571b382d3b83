-- Send what was shown to an admin, once, to everybody who is there now.
-- KEYS: broadcast:{id}, broadcast_to:{id}, broadcasts. ARGV: id, request (a second run of it finds
-- what the first did), then field, value, ... of who sends it and where its progress is shown.
-- Returns {"OK"}, {"ALREADY", state, the name of whoever decided} or {"GONE"}.
local now = redis.call('HMGET', KEYS[1], 'state', 'request', 'decided_by')
if not now[1] then return {'GONE'} end
if now[1] ~= 'draft' then
  if now[2] == ARGV[2] then return {'OK'} end
  return {'ALREADY', now[1], now[3] or ''}
end
local people = reachable()
for _, uid in ipairs(people) do redis.call('RPUSH', KEYS[2], uid) end
redis.call('HSET', KEYS[1], 'state', 'sending', 'request', ARGV[2], 'total', #people)
for i = 3, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('EXPIRE', KEYS[1], LONG_WORK_SECONDS)
redis.call('EXPIRE', KEYS[2], LONG_WORK_SECONDS)
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('EXPIRE', KEYS[3], LONG_WORK_SECONDS)
return {'OK'}
