-- Who signs in by a name, and the hash of their password; one trip whether or not anybody does.
-- KEYS: login:{login}. ARGV: none. Returns {uid, hash} or {}.
local uid = redis.call('GET', KEYS[1])
local hash = uid and redis.call('HGET', USER .. uid, 'password')
if not hash then return {} end
return {uid, hash}
