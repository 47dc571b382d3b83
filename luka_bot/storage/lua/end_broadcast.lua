-- Somebody decides that a broadcast isn't sent, or not to the rest.
-- KEYS: broadcast:{id}. ARGV: the state it must be in, the one it gets, who decides, the request (a
-- second run of it finds what the first did).
-- Returns {"OK"}, {"ALREADY", state, the name of whoever decided} or {"GONE"}.
local now = redis.call('HMGET', KEYS[1], 'state', 'request', 'decided_by')
if not now[1] then return {'GONE'} end
if now[1] ~= ARGV[1] then
  if now[2] == ARGV[4] then return {'OK'} end
  return {'ALREADY', now[1], now[3] or ''}
end
redis.call('HSET', KEYS[1], 'state', ARGV[2], 'decided_by', ARGV[3], 'request', ARGV[4])
return {'OK'}
