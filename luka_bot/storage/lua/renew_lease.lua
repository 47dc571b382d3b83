-- KEYS: lease. ARGV: token, milliseconds. Returns {"OK"}, or {"NO"} if the token doesn't hold it.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'NO'} end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {'OK'}
