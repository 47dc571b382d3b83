-- Whom a broadcast goes to next; they are marked before anything is sent. Who was marked by a run
-- that is no more may have got it: they are counted, and it isn't sent to them again.
-- KEYS: broadcast:{id}, broadcast_to:{id}. ARGV: run, step (a run asks for the same twice, and gets the same).
-- Returns {"NEXT", uid}, {"END"} (nobody is left, or it was stopped), {"LOST"} (another run goes on)
-- or {"GONE"}.
local now = redis.call('HMGET', KEYS[1], 'state', 'run', 'sending_to', 'step')
if not now[1] then return {'GONE'} end
if now[2] ~= ARGV[1] then return {'LOST'} end
local step = ARGV[1] .. ' ' .. ARGV[2]
if now[3] and now[4] == step then return {'NEXT', now[3]} end
if now[3] then
  redis.call('HINCRBY', KEYS[1], 'doubtful', 1)
  redis.call('HDEL', KEYS[1], 'sending_to')
end
if now[1] ~= 'sending' then return {'END'} end
local uid = redis.call('LPOP', KEYS[2])
if not uid then
  redis.call('HSET', KEYS[1], 'state', 'done')
  return {'END'}
end
redis.call('HSET', KEYS[1], 'sending_to', uid, 'step', step)
return {'NEXT', uid}
