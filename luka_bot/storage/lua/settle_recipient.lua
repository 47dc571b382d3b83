-- What became of the one that was marked. "left_out" counts as if they had never been in the list,
-- "again" puts them back to its beginning.
-- KEYS: broadcast:{id}, broadcast_to:{id}. ARGV: run, step, delivered | blocked | failed | left_out |
-- again.
-- Returns {"OK"}, or {"LOST"} if another run goes on.
local now = redis.call('HMGET', KEYS[1], 'run', 'sending_to', 'step')
if now[1] ~= ARGV[1] then return {'LOST'} end
if not now[2] or now[3] ~= ARGV[1] .. ' ' .. ARGV[2] then return {'OK'} end
redis.call('HDEL', KEYS[1], 'sending_to')
if ARGV[3] == 'again' then
  redis.call('LPUSH', KEYS[2], now[2])
  redis.call('EXPIRE', KEYS[2], LONG_WORK_SECONDS)
elseif ARGV[3] == 'left_out' then
  redis.call('HINCRBY', KEYS[1], 'total', -1)
else
  redis.call('HINCRBY', KEYS[1], ARGV[3], 1)
end
return {'OK'}
