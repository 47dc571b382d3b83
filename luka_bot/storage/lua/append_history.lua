-- What was said in a conversation goes into its thread's history, each number once.
-- KEYS: none. ARGV: thread, stamp, number, item as JSON, number, item, ...
-- Returns {"OK", last number that is there now} or {"GONE"}.
local id, stamp = ARGV[1], ARGV[2]
local thread, history = THREAD .. id, HISTORY .. id
if redis.call('EXISTS', thread) == 0 then return {'GONE'} end
local upto = tonumber(redis.call('HGET', thread, 'hist_seq') or '0')
local more = 0
for i = 3, #ARGV, 2 do
  local seq = tonumber(ARGV[i])
  if seq > upto then
    upto = seq
    if ARGV[i + 1] ~= '' then
      redis.call('RPUSH', history, ARGV[i + 1])
      more = more + 1
    end
  end
end
if more > 0 then
  redis.call('HINCRBY', thread, 'message_count', more)
  redis.call('LTRIM', history, -HISTORY_ITEMS, -1)
  rise(id, stamp)
end
redis.call('HSET', thread, 'hist_seq', upto)
redis.call('EXPIRE', history, HISTORY_SECONDS)
redis.call('EXPIRE', thread, THREAD_SECONDS)
return {'OK', upto}
