-- Nothing of a conversation is left; its thread is a plain one again, if it is still there.
-- KEYS: none. ARGV: conversation, now, how it ends, who closes it or "", their name or "".
-- Returns {"OK"}.
local id, now, how, by, by_name = unpack(ARGV)
local was = redis.call('EXISTS', CONV .. id)
local thread = redis.call('HMGET', THREAD .. id, 'user_id', 'name')
if not thread[1] then thread = redis.call('HMGET', TRASH .. id, 'user_id', 'name') end
local owner, misses = thread[1], false
for _, chat in ipairs(redis.call('SMEMBERS', CONV_DMS .. id)) do
  if was == 1 and chat ~= owner and chat ~= by then
    redis.call('ZADD', CONV_FAREWELLS, now, cjson.encode({conversation_id = id, chat_id = chat,
      epoch = redis.call('HGET', CONV .. id, 'epoch'), name = thread[2] or '', how = how, by = by,
      by_name = by_name}))
    redis.call('EXPIRE', CONV_FAREWELLS, FAREWELL_SECONDS)
    misses = true
  end
end
for _, pid in ipairs(redis.call('HKEYS', CONV_MEMBERS .. id)) do
  redis.call('SREM', USER_CONVS .. pid, id)
  local uid = string.match(pid, ':(.*)$')
  if uid ~= owner then redis.call('SREM', INDEX .. uid, id) end
end
for _, invite in ipairs(redis.call('SMEMBERS', CONV_INVITES .. id)) do redis.call('DEL', invite) end
local bound = redis.call('HMGET', CONV .. id, 'chat_id', 'topic_id')
if bound[1] then
  local place = bound[1] .. ':' .. (bound[2] or '')
  if redis.call('GET', CHAT_THREAD .. place) == id then
    redis.call('DEL', CHAT_THREAD .. place)
    redis.call('SREM', CHAT_TOPICS .. bound[1], bound[2] or '')
  end
end
lift_all(id, '')
redis.call('HDEL', THREAD .. id, 'conv')
redis.call('HDEL', TRASH .. id, 'conv')
for _, prefix in ipairs({CONV, CONV_LOG, CONV_MEMBERS, CONV_DMS, CONV_AGENTS,
    CONV_GONE, CONV_WORK, CONV_INVITES, PRESENCE}) do
  redis.call('DEL', prefix .. id)
end
redis.call('ZREM', CONV_OWING, id)
if was == 1 then
  local said = by_name ~= '' and by_name or nil
  tell(id, cjson.encode({type = 'closed', how = how, by = said}))
end
if misses then tell('farewells', '{"type":"farewells"}') end
return {'OK'}
