-- Somebody's list has a thread of others, or no longer.
-- KEYS: none. ARGV: user id, thread id, "in", "active" or "out". Returns {"OK"} or {"GONE"}.
local uid, id, what = ARGV[1], ARGV[2], ARGV[3]
if what == 'out' then
  if redis.call('HGET', THREAD .. id, 'user_id') == uid then return {'OK'} end
  redis.call('SREM', INDEX .. uid, id)
  if redis.call('GET', ACTIVE .. uid) == id then
    redis.call('DEL', ACTIVE .. uid)
    active_id(uid)
  end
  return {'OK'}
end
if redis.call('EXISTS', THREAD .. id) == 0 then return {'GONE'} end
redis.call('SADD', INDEX .. uid, id)
if what == 'active' then activate(uid, id) end
refresh(uid, id)
return {'OK'}
