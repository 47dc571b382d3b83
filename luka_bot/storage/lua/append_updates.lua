-- Store updates in order, each once; whoever brings one has heard Telegram.
-- KEYS: inbox. ARGV: seconds since the epoch, then update id, payload, ...
-- Returns for each the entry's id, or "" if it was here before and is dealt with. One that still
-- waits has its first id: a caller whose reply got lost asks again and misses nothing.
local entries = {}
for i = 2, #ARGV, 2 do
  local seen = SEEN .. ARGV[i]
  local entry = redis.call('GET', seen)
  if not entry then
    entry = redis.call('XADD', KEYS[1], '*', 'payload', ARGV[i + 1], 'at', ARGV[1])
    redis.call('SET', seen, entry, 'EX', SEEN_SECONDS)
  elseif #redis.call('XRANGE', KEYS[1], entry, entry) == 0 then
    entry = ''
  end
  entries[#entries + 1] = entry
end
redis.call('SET', POLL_SEEN, ARGV[1], 'EX', POLL_SECONDS)
return entries
