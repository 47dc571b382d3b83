-- Write the given fields and no others, if the thread exists and the caller may.
-- KEYS: none. ARGV: user id, thread id, "owner" or "member" (the least that may), field, value, ...
-- Returns {"OK", hash}, {"GONE"} or {"NOT_YOURS"}.
local uid, id, least = ARGV[1], ARGV[2], ARGV[3]

local standing = rank(uid, id)
if refused(standing) then return {standing} end
if least == 'owner' and standing ~= 'owner' then return {'NOT_YOURS'} end
for i = 4, #ARGV, 2 do
  if ARGV[i] == 'updated_at' then
    rise(id, ARGV[i + 1])
  else
    redis.call('HSET', THREAD .. id, ARGV[i], ARGV[i + 1])
  end
end
refresh(uid, id)
return {'OK', hash(id)}
