-- KEYS: inbox:tries. ARGV: update id. Returns {how often, this time included}.
local tries = redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
redis.call('EXPIRE', KEYS[1], SEEN_SECONDS)
return {tries}
