-- Forget what is left of somebody in keys that no conversation leads to.
-- KEYS: of any kind; of where messages stand, their chat is taken out, others go. ARGV: their number.
-- Returns {"OK"}.
for _, key in ipairs(KEYS) do
  if string.sub(key, 1, #CONV_POSTS) == CONV_POSTS then
    redis.call('HDEL', key, ARGV[1])
  else
    redis.call('DEL', key)
  end
end
return {'OK'}
