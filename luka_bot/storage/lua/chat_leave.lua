-- Somebody goes out by all doors.
-- KEYS: none. ARGV: conversation, pid, chat of their direct messages or "", agent's name or "",
-- now, what is announced as JSON without its number and their name,
-- "leave" or "removed".
-- Returns {"OK", state, message}, {"OUT", state}, {"GONE"} or {"OWNER"}.
local id, pid, chat, agent, now, text, verb = unpack(ARGV)
if not there(id) then return {'GONE'} end
local owner = redis.call('HGET', THREAD .. id, 'user_id')
if string.match(pid, ':(.*)$') == owner and agent == '' then return {'OWNER'} end
local member = redis.call('HGET', CONV_MEMBERS .. id, pid)
if not member then return {'OUT', state(id)} end

redis.call('HDEL', CONV_MEMBERS .. id, pid)
redis.call('SREM', USER_CONVS .. pid, id)
redis.call('ZREM', PRESENCE .. id, pid)
redis.call('HDEL', CONV .. id, 'spoke:' .. pid)
if agent ~= '' then
  redis.call('SREM', CONV_AGENTS .. id, agent)
  drop_works(id, 'a', agent)
else
  redis.call('SREM', CONV_DMS .. id, chat)
  drop_works(id, 't', chat)
end
local content = cjson.decode(text)
local event = cjson.decode(content.content)
event.name = cjson.decode(member).name
content.content = cjson.encode(event)
local whole = announce(id, cjson.encode(content), now)
tell(id, cjson.encode({type = 'participant_update', action = verb, participant_id = pid}))
return {'OK', state(id), whole}
