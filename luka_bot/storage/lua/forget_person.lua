-- Let go of somebody: their threads, their day, and who they are.
-- KEYS: what else belongs to them; user_threads:{uid} is the fourth. ARGV: uid. Returns {"OK"}.
local uid = ARGV[1]
for _, id in ipairs(redis.call('SMEMBERS', KEYS[4])) do
  if redis.call('HGET', THREAD .. id, 'user_id') == uid then
    redis.call('DEL', THREAD .. id, HISTORY .. id)
  end
end
bear(uid, '')
local login = redis.call('HGET', USER .. uid, 'login')
if login then redis.call('DEL', LOGIN .. login) end
redis.call('DEL', USER .. uid, unpack(KEYS))
redis.call('SREM', PEOPLE, uid)
return {'OK'}
