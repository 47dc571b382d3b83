-- The conversation of a thread, made if there is none.
-- KEYS: none. ARGV: thread, epoch, now, number of members, of each: pid, JSON, chat of their
-- direct messages or "", agent's name or ""; then first number, what was said before as JSON, ...
-- Returns {"OK", state} or {"GONE"}.
local id, epoch, now, count = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if redis.call('EXISTS', THREAD .. id) == 0 then return {'GONE'} end
redis.call('HSET', THREAD .. id, 'conv', '1')
if redis.call('EXISTS', CONV .. id) == 1 then
  keep(id)
  return {'OK', state(id)}
end

local place = 5
for _ = 1, count do
  local pid, member, chat, agent = unpack(ARGV, place, place + 3)
  redis.call('HSET', CONV_MEMBERS .. id, pid, member)
  redis.call('SADD', USER_CONVS .. pid, id)
  redis.call('EXPIRE', USER_CONVS .. pid, THREAD_SECONDS)
  if chat ~= '' then redis.call('SADD', CONV_DMS .. id, chat) end
  if agent ~= '' then redis.call('SADD', CONV_AGENTS .. id, agent) end
  place = place + 4
end
local seq = tonumber(ARGV[place]) - 1
redis.call('HSET', CONV .. id, 'epoch', epoch, 'seq', seq, 'said_at', now)
for i = place + 1, #ARGV do
  seq = redis.call('HINCRBY', CONV .. id, 'seq', 1)
  local whole = string.format('{"sequence_id":%d,', seq) .. string.sub(ARGV[i], 2)
  redis.call('XADD', CONV_LOG .. id, seq .. '-0', 'm', whole)
end
redis.call('HSET', THREAD .. id, 'hist_seq', seq)
keep(id)
keep_said(id)
return {'OK', state(id)}
