-- Take somebody out of those who wrote on some days; how much was written stays.
-- KEYS: active:{date} of each. ARGV: person. Returns {"OK"}.
for _, active in ipairs(KEYS) do redis.call('ZREM', active, ARGV[1]) end
return {'OK'}
