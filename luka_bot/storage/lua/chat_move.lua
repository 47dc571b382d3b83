-- A group got another number: its conversations go there.
-- KEYS: none. ARGV: old number, new number, now. Returns {"OK"}.
local old, new, now = unpack(ARGV)
for _, topic in ipairs(redis.call('SMEMBERS', CHAT_TOPICS .. old)) do
  local id = redis.call('GET', CHAT_THREAD .. old .. ':' .. topic)
  if id then
    redis.call('DEL', CHAT_THREAD .. old .. ':' .. topic)
    redis.call('SET', CHAT_THREAD .. new .. ':' .. topic, id, 'EX', THREAD_SECONDS)
    redis.call('SADD', CHAT_TOPICS .. new, topic)
    redis.call('EXPIRE', CHAT_TOPICS .. new, THREAD_SECONDS)
    -- luka may have heard first that it isn't in the old one any more
    if (redis.call('HGET', CONV .. id, 'chat_id') or old) == old then
      redis.call('HSET', CONV .. id, 'chat_id', new, 'topic_id', topic)
    end
    for _, work in ipairs(redis.call('ZRANGE', CONV_WORK .. id, 0, -1)) do
      local kind, seq, name = string.match(work, '^(%a):(%d+):(.*)$')
      if name == old then
        redis.call('ZREM', CONV_WORK .. id, work)
        if kind == 't' then owe(id, kind, seq, new, now) end
      end
    end
    -- message numbers begin anew in a supergroup
    lift_all(id, old)
    settled(id)
    keep(id)
  end
end
redis.call('DEL', CHAT_TOPICS .. old)
return {'OK'}
