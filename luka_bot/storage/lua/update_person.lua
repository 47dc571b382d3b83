-- Write fields of somebody who is known; an empty value takes the field away.
-- KEYS: none. ARGV: uid, then field, value, ... Returns {"OK", hash} or {"GONE"}.
local uid = ARGV[1]
if not known(uid) then return {'GONE'} end
for i = 2, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', USER .. uid, ARGV[i])
  else
    redis.call('HSET', USER .. uid, ARGV[i], ARGV[i + 1])
  end
end
return {'OK', person(uid)}
