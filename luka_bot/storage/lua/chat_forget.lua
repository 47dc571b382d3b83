-- Forget somebody in one conversation: their words and the answers to them, that they came and went,
-- their place, their invites, where it stands in their direct messages.
-- KEYS: none. ARGV: conversation, pid, their number, now.
-- Returns {"OWN"} if it is theirs, or nobody's, and must be closed; else {"IN"} or {"OUT"}.
local id, pid, uid, now = unpack(ARGV)
if redis.call('HGET', THREAD .. id, 'user_id') == uid or not there(id) then return {'OWN'} end

local function without_them(message)
  if message.sender_id == pid then
    message.sender_id, message.sender_name, message.message_id = 'tg:0', '', ''
  elseif message.message_type == 'system' then
    message.message_id = ''
  end
  message.content, message.status = '', 'redacted'
  return cjson.encode(message)
end

local function names_them(message)
  if message.sender_id == pid then return true end
  if message.message_type ~= 'system' or message.content == '' then return false end
  local readable, event = pcall(cjson.decode, message.content)
  return readable and (event.id == pid or event.by == pid)
end

lift_all(id, uid)
drop_works(id, 't', uid)
drop_works(id, 'd', uid)

local taken, theirs = {}, {}
local gone = redis.call('HGETALL', CONV_GONE .. id)
for i = 1, #gone, 2 do
  if string.find(gone[i + 1], pid .. '"', 1, true) then
    theirs[gone[i]] = true
    redis.call('HSET', CONV_GONE .. id, gone[i], without_them(cjson.decode(gone[i + 1])))
  end
end
for _, one in ipairs(redis.call('XRANGE', CONV_LOG .. id, '-', '+')) do
  local seq, text = string.match(one[1], '^%d+'), one[2][2]
  local asked = string.match(text, '^{"sequence_id":%d+,"message_id":"a(%d+)%.')
  if asked and theirs[asked] then
    taken[seq] = without_them(cjson.decode(text))
  elseif string.find(text, pid, 1, true) then
    local message = cjson.decode(text)
    if names_them(message) then
      theirs[seq] = message.sender_id == pid or nil
      taken[seq] = without_them(message)
    end
  end
end
if next(taken) then take_back(id, taken, now) end
for seq in pairs(taken) do
  tell(id, string.format('{"type":"redact","sequence_id":%s,"by":"tg:0"}', seq))
end

for _, name in ipairs(redis.call('SMEMBERS', CONV_INVITES .. id)) do
  if redis.call('HGET', name, 'made_by') == uid then
    redis.call('DEL', name)
    redis.call('SREM', CONV_INVITES .. id, name)
  end
end
redis.call('HDEL', CONV .. id, 'spoke:' .. pid)
redis.call('ZREM', PRESENCE .. id, pid)
redis.call('SREM', CONV_DMS .. id, uid)
redis.call('SREM', USER_CONVS .. pid, id)
if redis.call('HDEL', CONV_MEMBERS .. id, pid) == 0 then return {'OUT'} end
tell(id, cjson.encode({type = 'participant_update', action = 'leave', participant_id = pid}))
return {'IN'}
