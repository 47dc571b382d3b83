-- A job goes from one state to another, if it is in one of those that it may come from.
-- KEYS: none. ARGV: id, the states it may come from (with commas), the new one, now (seconds), its owner or "" if
-- that doesn't matter, the token of its run or "" likewise, a name of this request or "", the end of a
-- lease or "", field, value, ...
-- Returns {"OK", hash, "1" if it moved now}, {"GONE"}, {"OTHERS"}, {"LOST"} or {"MOVED", hash}.
local id, from, to, now, owner, token, request = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local its = fields(id, 'state', 'owner', 'token', 'request')
if its[1] == '' then return {'GONE'} end
if owner ~= '' and its[2] ~= owner then return {'OTHERS'} end
if its[1] == to and request ~= '' and its[4] == request then return {'OK', job(id), '0'} end
if token ~= '' and its[3] ~= token then return {'LOST'} end
if not one_of(its[1], from) then return {'MOVED', job(id)} end
leave(id)
write(id, 9)
redis.call('HSET', JOB .. id, 'request', request)
local ended = one_of(to, 'rejected,completed,failed,cancelled')
if ended then redis.call('HSET', JOB .. id, 'ended_at', now) end
if to == 'approved' then redis.call('HDEL', JOB .. id, 'token', 'worker', 'progress') end
enter(id, to, ARGV[8] ~= '' and ARGV[8] or now)
if to == 'completed' and token ~= '' then
  local begun = tonumber(fields(id, 'started_at')[1])
  redis.call('LPUSH', JOBS .. 'seconds', string.format('%.3f', tonumber(now) - begun))
  redis.call('LTRIM', JOBS .. 'seconds', 0, 49)
end
changed(id, now)
return {'OK', job(id), '1'}
