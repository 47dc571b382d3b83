-- The send that was marked last is no longer on its way.
-- KEYS: what is known of a turn, or of an update's replies. ARGV: which message, run, its id or "".
-- Returns {"OK"}.
local known, number, run = KEYS[1], ARGV[1], ARGV[2]
if ARGV[3] ~= '' then
  redis.call('HSET', known, 'sent:' .. number, ARGV[3])
  redis.call('EXPIRE', known, TURN_SECONDS)
end
if redis.call('HGET', known, 'wire') == number .. ':' .. run then
  redis.call('HDEL', known, 'wire', 'doubt')
end
return {'OK'}
