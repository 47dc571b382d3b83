-- Words that were taken back leave their thread's history, and its summary where they may be in it.
-- KEYS: none. ARGV: thread, number of the message. Returns {"OK", how many}.
local thread, history = THREAD .. ARGV[1], HISTORY .. ARGV[1]
local mark = '^{"n":' .. ARGV[2] .. ','
local found = 0
for _, item in ipairs(redis.call('LRANGE', history, 0, -1)) do
  if string.find(item, mark) then found = found + redis.call('LREM', history, 1, item) end
end
if redis.call('EXISTS', thread) == 0 then return {'OK', found} end
local known = redis.call('HMGET', thread, 'message_count', 'summary', 'trimming_told', 'seq')
local count = tonumber(known[1] or '0') or 0
redis.call('HSET', thread, 'message_count', math.max(0, count - found))
if (known[2] or '') ~= '' or known[3] then
  redis.call('HSET', thread, 'summary', '', 'summary_upto', known[4] or '0')
end
-- a divider would answer, and so quote, what was taken out
redis.call('HDEL', thread, 'last_message_id')
return {'OK', found}
