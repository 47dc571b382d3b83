-- Who can sign in and is an admin then.
-- KEYS: none. ARGV: none. Returns {uid, ...}.
local admins = {}
for _, uid in ipairs(redis.call('SMEMBERS', PEOPLE)) do
  local one = redis.call('HMGET', USER .. uid, 'role', 'standing', 'login')
  if one[1] == 'admin' and one[2] == 'allowed' and one[3] then admins[#admins + 1] = uid end
end
return admins
