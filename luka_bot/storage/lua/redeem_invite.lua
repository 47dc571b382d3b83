-- Somebody comes in by an invite, if there is still room by it. It is kept until its end also when
-- it is used up, so that a second run finds what the first one did.
-- KEYS: invite:{digest}. ARGV: uid, name, username, language, search text, now (seconds), the request.
-- Returns {"IN" | "INSIDE" | "BANNED" | "GONE", hash of the person, hash of the invite}; INSIDE: were
-- let in before, and nothing is used up.
local invite, uid, now, request = KEYS[1], ARGV[1], ARGV[6], ARGV[7]
local state = redis.call('HMGET', USER .. uid, 'standing', 'request')
if state[1] == 'banned' then return {'BANNED', person(uid), {}} end
if state[1] == 'allowed' then
  if state[2] == request then return {'IN', person(uid), redis.call('HGETALL', invite)} end
  return {'INSIDE', person(uid), {}}
end

local kept = redis.call('HMGET', invite, 'left', 'until', 'by_name')
local open = kept[1] and tonumber(now) < tonumber(kept[2]) and (kept[1] == '' or tonumber(kept[1]) > 0)
if not open then return {'GONE', person(uid), {}} end
if kept[1] ~= '' then redis.call('HINCRBY', invite, 'left', -1) end
redis.call('HINCRBY', invite, 'used', 1)

record(uid, 'allowed', now)
describe(uid, ARGV[2], ARGV[3], ARGV[4], ARGV[5])
redis.call('HSET', USER .. uid, 'standing', 'allowed', 'before', state[1] or 'stranger',
  'request', request, 'decided_by', kept[3], 'decided_at', now, 'seen', now)
return {'IN', person(uid), redis.call('HGETALL', invite)}
