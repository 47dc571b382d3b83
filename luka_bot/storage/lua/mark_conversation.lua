-- A thread is a conversation from now on: questions in it are said there.
-- What was said so far takes the first numbers, also where it was a conversation once before; each
-- item bears its own, since a turn counts otherwise.
-- KEYS: none. ARGV: thread. Returns {"OK"} or {"GONE"}.
local thread, history = THREAD .. ARGV[1], HISTORY .. ARGV[1]
if redis.call('EXISTS', thread) == 0 then return {'GONE'} end
local items = redis.call('LRANGE', history, 0, -1)
for place, item in ipairs(items) do
  local said = string.gsub(item, '^{"n":%d+,', '{')
  redis.call('LSET', history, place - 1, numbered(said, place))
end
redis.call('HSET', thread, 'conv', '1', 'hist_seq', #items)
return {'OK'}
