-- Keep what the admins' group has just been told of an alarm.
-- KEYS: alarm:{name}. ARGV: process, "raised" or "over", "1" if by an edit or "0", message id or "",
-- seconds since the epoch. Returns {"OK"}.
redis.call('HSET', KEYS[1], 'shown', ARGV[2], 'quiet', ARGV[3], 'message', ARGV[4])
if ARGV[2] == 'raised' and ARGV[3] == '0' then redis.call('HSET', KEYS[1], 'sent_at', ARGV[5]) end
if redis.call('HGET', KEYS[1], 'teller') == ARGV[1] then
  redis.call('HDEL', KEYS[1], 'teller', 'teller_until')
end
redis.call('EXPIRE', KEYS[1], ALARM_SECONDS)
return {'OK'}
