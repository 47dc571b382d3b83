-- Give somebody another standing, once: of two who decide together the first one did.
-- KEYS: none. ARGV: uid, the standing, "1" if it may be given to who isn't known yet, who decides,
-- now (seconds), the request (a second run of it finds what the first did), then the standings from
-- which one may come here.
-- Returns {"OK", hash, standing before}, {"ALREADY", hash, standing} or {"GONE"}.
local uid, standing, request = ARGV[1], ARGV[2], ARGV[6]
if not known(uid) then
  if ARGV[3] ~= '1' then return {'GONE'} end
  record(uid, 'stranger', ARGV[5])
end
local now = redis.call('HMGET', USER .. uid, 'standing', 'request', 'before')
if request ~= '' and now[2] == request then return {'OK', person(uid), now[3]} end
local may = false
for i = 7, #ARGV do may = may or ARGV[i] == now[1] end
if not may then return {'ALREADY', person(uid), now[1]} end
redis.call('HSET', USER .. uid, 'standing', standing, 'before', now[1], 'request', request,
  'decided_by', ARGV[4], 'decided_at', ARGV[5])
return {'OK', person(uid), now[1]}
