-- The invites by which somebody can still come in, in the order of their ends.
-- KEYS: invites. ARGV: prefix of an invite's key, now (seconds).
-- Returns {{digest, hash}, ...}.
local found = {}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
for _, digest in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local left = redis.call('HGET', ARGV[1] .. digest, 'left')
  if not left or left == '0' then
    redis.call('ZREM', KEYS[1], digest)
  else
    found[#found + 1] = {digest, redis.call('HGETALL', ARGV[1] .. digest)}
  end
end
return found
