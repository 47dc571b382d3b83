-- Words that were taken back leave their thread's history.
-- KEYS: none. ARGV: thread, number of the message. Returns {"OK", how many}.
local history, mark = HISTORY .. ARGV[1], '"seq":' .. ARGV[2] .. '[,}]'
local found = 0
for _, item in ipairs(redis.call('LRANGE', history, 0, -1)) do
  if string.find(item, mark) then found = found + redis.call('LREM', history, 1, item) end
end
return {'OK', found}
