-- Take away an account, and whatever else is known of its person.
-- KEYS: usage:{uid}, flood:{uid}, asked:{uid}. ARGV: uid. Returns {"OK"}.
local uid = ARGV[1]
bear(uid, '')
local login = redis.call('HGET', USER .. uid, 'login')
if login and redis.call('GET', LOGIN .. login) == uid then redis.call('DEL', LOGIN .. login) end
redis.call('SREM', PEOPLE, uid)
redis.call('DEL', USER .. uid, unpack(KEYS))
return {'OK'}
