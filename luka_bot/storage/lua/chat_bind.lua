-- A group, or its topic, is this conversation from now on.
-- KEYS: none. ARGV: conversation, chat, topic or "". Returns {"OK"} or {"GONE"}.
local id, chat, topic = unpack(ARGV)
if not there(id) then return {'GONE'} end
local place = CHAT_THREAD .. chat .. ':' .. topic
local before = redis.call('GET', place)
if before and before ~= id and redis.call('EXISTS', CONV .. before) == 1 then
  redis.call('HDEL', CONV .. before, 'chat_id', 'topic_id')
  drop_works(before, 't', chat)
end
local was = redis.call('HMGET', CONV .. id, 'chat_id', 'topic_id')
if was[1] then
  local elsewhere = CHAT_THREAD .. was[1] .. ':' .. (was[2] or '')
  if redis.call('GET', elsewhere) == id then redis.call('DEL', elsewhere) end
end
redis.call('HSET', CONV .. id, 'chat_id', chat, 'topic_id', topic)
redis.call('SET', place, id, 'EX', THREAD_SECONDS)
redis.call('SADD', CHAT_TOPICS .. chat, topic)
redis.call('EXPIRE', CHAT_TOPICS .. chat, THREAD_SECONDS)
keep(id)
return {'OK'}
