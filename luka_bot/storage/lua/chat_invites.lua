-- The invites of a conversation; those of one maker or one key may be revoked on the way.
-- KEYS: none. ARGV: conversation, key to revoke or "", maker whose all are revoked or "".
-- Returns {"OK", {{field, value, ...}, ...}, number revoked} or {"GONE"}.
local id, key, maker = unpack(ARGV)
if not there(id) then return {'GONE'} end
local found, revoked = {}, 0
for _, name in ipairs(redis.call('SMEMBERS', CONV_INVITES .. id)) do
  local about = redis.call('HMGET', name, 'key', 'made_by')
  if not about[1] then
    redis.call('SREM', CONV_INVITES .. id, name)
  elseif about[1] == key or about[2] == maker then
    redis.call('DEL', name)
    redis.call('SREM', CONV_INVITES .. id, name)
    revoked = revoked + 1
  else
    found[#found + 1] = redis.call('HGETALL', name)
  end
end
return {'OK', found, revoked}
