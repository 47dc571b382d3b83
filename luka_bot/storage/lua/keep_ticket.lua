-- Keep a session, or a link that leads to one.
-- KEYS: a session's or a link's. ARGV: seconds that it lives, then field, value, ...
-- Returns {"OK"}.
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {'OK'}
