-- A group got another number: its threads, and which of them is active, go there.
-- KEYS: moved:{old}. ARGV: old number, new number, seconds that this is remembered.
-- Returns {"OK"}, or {"DONE"} if it was done before.
local old, new = ARGV[1], ARGV[2]
if redis.call('SET', KEYS[1], new, 'NX', 'EX', ARGV[3]) == false then return {'DONE'} end
for _, id in ipairs(redis.call('SMEMBERS', INDEX .. old)) do
  if redis.call('HGET', THREAD .. id, 'user_id') == old then
    redis.call('HSET', THREAD .. id, 'user_id', new)
    -- message numbers begin anew in a supergroup
    redis.call('HDEL', THREAD .. id, 'last_message_id')
  end
  redis.call('SADD', INDEX .. new, id)
end
if redis.call('EXISTS', INDEX .. new) == 1 then redis.call('EXPIRE', INDEX .. new, THREAD_SECONDS) end
local active = redis.call('GET', ACTIVE .. old)
if active and redis.call('EXISTS', ACTIVE .. new) == 0 then
  redis.call('SET', ACTIVE .. new, active, 'EX', THREAD_SECONDS)
end
redis.call('DEL', INDEX .. old, ACTIVE .. old)
return {'OK'}
