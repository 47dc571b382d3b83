-- Words that were taken back leave their thread's history, and its summary where they may be in it.
-- KEYS: none. ARGV: thread, the item's number, "c" if it was said in a conversation, else "" (turns
-- have numbers of their own), and which of several is meant: -1 for the newest, 1 for the oldest.
-- Returns {"OK", how many}.
local thread, history = THREAD .. ARGV[1], HISTORY .. ARGV[1]
local mark, said, which = '"seq":' .. ARGV[2] .. '[,}]', ARGV[3] == 'c', tonumber(ARGV[4])
local meant
for _, item in ipairs(redis.call('LRANGE', history, 0, -1)) do
  local of_conversation = string.find(item, '"id":"c%d') ~= nil
  if of_conversation == said and string.find(item, mark) and not (meant and which == 1) then
    meant = item
  end
end
local found = meant and redis.call('LREM', history, which, meant) or 0
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
