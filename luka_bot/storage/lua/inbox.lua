-- What the inbox scripts share. Constants (INBOX_OF, INBOX_CHAT, ...) come from keys.py.

-- Take an update out of its stream; its conversation is anybody's again once nothing of it waits.
local function drop(stream, entry, tries)
  local found = redis.call('XRANGE', stream, entry, entry)[1]
  if not found then return false end
  local fields = {}
  for i = 1, #found[2], 2 do fields[found[2][i]] = found[2][i + 1] end
  redis.call('XDEL', stream, entry)
  redis.call('HDEL', tries, fields.update)
  local chat = INBOX_CHAT .. fields.chat
  if fields.chat ~= '' and redis.call('HINCRBY', chat, 'open', -1) <= 0 then
    redis.call('DEL', chat)
  end
  return true
end

-- The replica that has unfinished updates of a conversation, else ours.
local function holder(conversation, ours)
  if conversation == '' then return ours end
  local chat = INBOX_CHAT .. conversation
  local replica = redis.call('HGET', chat, 'replica')
  if not replica or not redis.call('ZSCORE', REPLICAS, replica) then
    redis.call('DEL', chat)
    redis.call('HSET', chat, 'replica', ours)
    replica = ours
  end
  redis.call('HINCRBY', chat, 'open', 1)
  redis.call('EXPIRE', chat, SEEN_SECONDS)
  return replica
end

local function put(ours, now, update, conversation, payload)
  redis.call('XADD', INBOX_OF .. holder(conversation, ours), '*', 'payload', payload, 'at', now,
    'update', update, 'chat', conversation)
end
