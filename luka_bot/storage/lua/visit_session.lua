-- Whose session it is; it lives on for a while, and never longer than it may in all.
-- KEYS: session:{digest}. ARGV: now (seconds), seconds without a visit after which it ends, seconds
-- after which it ends anyhow.
-- Returns {"OK", person, csrf} or {"GONE"}.
local session, now = KEYS[1], tonumber(ARGV[1])
local found = redis.call('HMGET', session, 'person', 'csrf', 'made_at')
if not found[1] then return {'GONE'} end
local left = math.ceil(tonumber(found[3]) + tonumber(ARGV[3]) - now)
if left <= 0 then
  redis.call('DEL', session)
  return {'GONE'}
end
redis.call('EXPIRE', session, math.min(left, tonumber(ARGV[2])))
return {'OK', found[1], found[2]}
