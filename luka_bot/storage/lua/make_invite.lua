-- Keep an invite until it ends.
-- KEYS: invite:{digest}, invites. ARGV: digest, now, its end (seconds), seconds it lives, seconds the
-- index lives, uses or "" for any number, note, who made it, how they are called. Returns {"OK"}.
redis.call('HSET', KEYS[1], 'left', ARGV[6], 'used', 0, 'until', ARGV[3], 'note', ARGV[7],
  'by', ARGV[8], 'by_name', ARGV[9])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[5])
return {'OK'}
