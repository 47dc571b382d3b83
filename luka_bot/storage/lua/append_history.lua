-- What was said in a conversation goes into its thread's history, each number once; what was taken
-- back since it was heard doesn't.
-- KEYS: none. ARGV: thread, stamp, number, item as JSON, number, item, ...
-- Returns {"OK", last number that is there now} or {"GONE"}.
local id, stamp = ARGV[1], ARGV[2]
local thread, history = THREAD .. id, HISTORY .. id
if redis.call('EXISTS', thread) == 0 then return {'GONE'} end
local known = redis.call('HMGET', thread, 'hist_seq', 'seq', 'user_id')
local upto = tonumber(known[1] or '0')
local more = 0
for i = 3, #ARGV, 2 do
  local seq = tonumber(ARGV[i])
  if seq > upto then
    upto = seq
    if ARGV[i + 1] ~= '' and redis.call('HEXISTS', CONV_GONE .. id, ARGV[i]) == 0 then
      redis.call('RPUSH', history, numbered(ARGV[i + 1], seq))
      more = more + 1
    end
  end
end
if more > 0 then
  redis.call('HINCRBY', thread, 'message_count', more)
  rise(id, stamp)
  redis.call('LTRIM', history, -HISTORY_ITEMS, -1)
end
-- all of it is weighed now and then only: that costs more than all the rest
if upto % 16 < more then
  local items, bytes, first = redis.call('LRANGE', history, 0, -1), 0, 1
  for _, item in ipairs(items) do bytes = bytes + #item end
  while first < #items and bytes > HISTORY_BYTES do
    bytes = bytes - #items[first]
    first = first + 1
  end
  redis.call('LTRIM', history, first - 1, -1)
end
redis.call('HSET', thread, 'hist_seq', upto)
-- should it be a plain thread again, its numbers go on behind these
if upto > tonumber(known[2] or '0') then redis.call('HSET', thread, 'seq', upto) end
refresh(known[3], id)
redis.call('EXPIRE', history, HISTORY_SECONDS)
return {'OK', upto}
