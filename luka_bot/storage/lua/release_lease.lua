-- KEYS: lease. ARGV: token. Returns {"OK"}, or {"NO"} if the token doesn't hold it.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'NO'} end
redis.call('DEL', KEYS[1])
return {'OK'}
