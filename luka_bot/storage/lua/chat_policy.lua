-- When agents speak.
-- KEYS: none. ARGV: conversation, policy or "". Returns {"OK"} or {"GONE"}.
if not there(ARGV[1]) then return {'GONE'} end
redis.call('HSET', CONV .. ARGV[1], 'policy', ARGV[2])
keep(ARGV[1])
return {'OK'}
