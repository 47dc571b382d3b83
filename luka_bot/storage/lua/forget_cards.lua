-- Forget in which messages people's applications stand.
-- KEYS: none. ARGV: none. Returns {"OK"}.
for _, uid in ipairs(redis.call('SMEMBERS', PEOPLE)) do
  redis.call('HDEL', USER .. uid, 'card')
end
return {'OK'}
