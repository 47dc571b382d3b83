-- KEYS: inbox, inbox:tries. ARGV: entry ids. Returns {how many were still there}.
redis.call('HDEL', KEYS[2], unpack(ARGV))
return {redis.call('XDEL', KEYS[1], unpack(ARGV))}
