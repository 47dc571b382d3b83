-- Somebody has a socket open.
-- KEYS: presence:{id}. ARGV: pid, now, seconds. Returns {"OK"}.
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return {'OK'}
