-- Forget in which messages alarms were told.
-- KEYS: alarm:{name}, ... ARGV: none. Returns {"OK"}.
for _, key in ipairs(KEYS) do redis.call('HDEL', key, 'message') end
return {'OK'}
