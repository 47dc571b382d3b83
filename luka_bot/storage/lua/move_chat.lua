-- A group got another number: its threads, and which of them is active, go there. What is in the
-- trash is found by restore_thread.
-- KEYS: moved:{old}. ARGV: old number, new number, seconds that this is remembered.
-- Returns {"OK"}, or {"DONE"} if it was done before.
local old, new = ARGV[1], ARGV[2]
if redis.call('SET', KEYS[1], new, 'NX', 'EX', ARGV[3]) == false then return {'DONE'} end
for _, id in ipairs(redis.call('SMEMBERS', INDEX .. old)) do
  if redis.call('HGET', THREAD .. id, 'user_id') == old then
    redis.call('HSET', THREAD .. id, 'user_id', new)
    -- message numbers begin anew in a supergroup
    redis.call('HDEL', THREAD .. id, 'chat_id', 'last_message_id')
  end
  redis.call('SADD', INDEX .. new, id)
end
redis.call('EXPIRE', INDEX .. new, THREAD_SECONDS)
local active = redis.call('GET', ACTIVE .. old)
if active and redis.call('EXISTS', ACTIVE .. new) == 0 then
  redis.call('SET', ACTIVE .. new, active, 'EX', THREAD_SECONDS)
elseif active and redis.call('GET', ACTIVE .. new) ~= active then
  mark_active(new, active, '0')
end
if redis.call('EXISTS', OLD_HISTORY .. old) == 1 then
  redis.call('RENAMENX', OLD_HISTORY .. old, OLD_HISTORY .. new)
end
redis.call('DEL', ACTIVE .. old)
-- questions that were asked before still find their thread
redis.call('EXPIRE', INDEX .. old, TURN_SECONDS)
return {'OK'}
