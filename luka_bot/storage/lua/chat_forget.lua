-- Somebody's traces in a conversation that stays: invites, posts in their direct messages, the number
-- of what they said last. Their words and their place are taken out before.
-- KEYS: none. ARGV: conversation, pid, their number. Returns {"OK"}.
local id, pid, uid = unpack(ARGV)
for _, name in ipairs(redis.call('SMEMBERS', CONV_INVITES .. id)) do
  if redis.call('HGET', name, 'made_by') == uid then
    redis.call('DEL', name)
    redis.call('SREM', CONV_INVITES .. id, name)
  end
end
lift_all(id, uid)
redis.call('HDEL', CONV .. id, 'spoke:' .. pid)
redis.call('ZREM', PRESENCE .. id, pid)
redis.call('SREM', USER_CONVS .. pid, id)
return {'OK'}
