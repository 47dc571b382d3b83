-- KEYS: inbox:tries. ARGV: update id, how often it was tried by now. Returns {"OK"}.
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[1], SEEN_SECONDS)
return {'OK'}
