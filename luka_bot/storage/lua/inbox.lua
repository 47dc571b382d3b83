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
