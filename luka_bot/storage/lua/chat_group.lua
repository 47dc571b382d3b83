-- luka is in a group no longer, or again: its conversations are brought there no longer, or again.
-- A topic that is gone never comes back: its number is bound no longer.
-- KEYS: none. ARGV: chat, "left", "back" or "gone", now, what is announced as JSON without its number
-- and its name, with "gone" the topic. Returns {conversation, ...}: those that it was news for.
local chat, what, now, text, only = unpack(ARGV)
local told = {}

-- Whoever was in by the group alone hears it no longer.
local function let_go(id)
  local all = redis.call('HGETALL', CONV_MEMBERS .. id)
  for i = 1, #all, 2 do
    local one = cjson.decode(all[i + 1])
    if #one.doors == 1 and one.doors[1] == 'group' then
      redis.call('HDEL', CONV_MEMBERS .. id, all[i])
      redis.call('HDEL', CONV .. id, 'spoke:' .. all[i])
      redis.call('SREM', USER_CONVS .. all[i], id)
    end
  end
end

local topics = what == 'gone' and {only} or redis.call('SMEMBERS', CHAT_TOPICS .. chat)
for _, topic in ipairs(topics) do
  local id = redis.call('GET', CHAT_THREAD .. chat .. ':' .. topic)
  if id and there(id) then
    local is_here = redis.call('HGET', CONV .. id, 'chat_id') == chat
    if is_here ~= (what == 'back') then
      if is_here then
        redis.call('HDEL', CONV .. id, 'chat_id', 'topic_id')
        let_go(id)
        for _, kind in ipairs({'t', 'd'}) do drop_works(id, kind, chat) end
      else
        redis.call('HSET', CONV .. id, 'chat_id', chat, 'topic_id', topic)
      end
      local content = cjson.decode(text)
      local event = cjson.decode(content.content)
      event.name = redis.call('HGET', THREAD .. id, 'name') or ''
      content.content, content.conversation_id = cjson.encode(event), id
      announce(id, cjson.encode(content), now, chat)
      tell(id, cjson.encode({type = 'participant_update', action = event.event}))
      told[#told + 1] = id
    end
  end
end
if what == 'gone' then
  redis.call('SREM', CHAT_TOPICS .. chat, only)
  redis.call('DEL', CHAT_THREAD .. chat .. ':' .. only)
end
return told
