-- The invites of a conversation; one may be revoked on the way.
-- KEYS: none. ARGV: conversation, key to revoke or "".
-- Returns {"OK", {{field, value, ...}, ...}, number revoked} or {"GONE"}.
local id, key = unpack(ARGV)
if not there(id) then return {'GONE'} end
local found, revoked = {}, 0
for _, name in ipairs(redis.call('SMEMBERS', CONV_INVITES .. id)) do
  local known = redis.call('HGET', name, 'key')
  if not known then
    redis.call('SREM', CONV_INVITES .. id, name)
  elseif known == key then
    redis.call('DEL', name)
    redis.call('SREM', CONV_INVITES .. id, name)
    revoked = revoked + 1
  else
    found[#found + 1] = redis.call('HGETALL', name)
  end
end
return {'OK', found, revoked}
