-- Take what a dead replica had: its updates, in their order behind our own, and its conversations.
-- KEYS: inbox:replicas. ARGV: the dead one, ours, "1" if it is known to be dead, "0" if it is only
-- silent. Returns {"OK", how many updates}, or {"NO"} if it lives, somebody else was first, or we
-- are no longer registered ourselves.
local dead, ours = ARGV[1], ARGV[2]
if not redis.call('ZSCORE', KEYS[1], dead) or not redis.call('ZSCORE', KEYS[1], ours) then
  return {'NO'}
end
if ARGV[3] == '0' and redis.call('EXISTS', REPLICA_LEASE .. dead) == 1 then return {'NO'} end

local entries = redis.call('XRANGE', INBOX_OF .. dead, '-', '+')
for _, entry in ipairs(entries) do
  local fields = {}
  for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end
  redis.call('XADD', INBOX_OF .. ours, '*', 'payload', fields.payload, 'at', fields.at,
    'update', fields.update, 'chat', fields.chat, 'moved', '1')
  if fields.chat ~= '' then
    redis.call('HSET', INBOX_CHAT .. fields.chat, 'replica', ours)
    redis.call('EXPIRE', INBOX_CHAT .. fields.chat, SEEN_SECONDS)
  end
end
redis.call('DEL', INBOX_OF .. dead, REPLICA_LEASE .. dead)
redis.call('ZREM', KEYS[1], dead)
return {'OK', #entries}
