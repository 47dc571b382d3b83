-- KEYS: lease. ARGV: token, milliseconds. Returns {"OK"} if the token holds it now, else {"NO"}.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return {'NO'} end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {'OK'}
