-- Take words back: out of the log, for good; the number stays, with who said it and when.
-- KEYS: none. ARGV: conversation, number, by whom, now, the frame that tells of it.
-- Returns {"OK", message without its words}, {"GONE"} or {"MISSING"}.
local id, seq, now, frame = ARGV[1], ARGV[2], ARGV[4], ARGV[5]
if not there(id) then return {'GONE'} end
local kept = redis.call('XRANGE', CONV_LOG .. id, seq .. '-0', seq .. '-0')[1]
if not kept or redis.call('HEXISTS', CONV_GONE .. id, seq) == 1 then return {'MISSING'} end
local message = cjson.decode(kept[2][2])
message.content, message.status = '', 'redacted'
local whole = cjson.encode(message)
-- XDEL leaves an entry's bytes where they are, until its neighbours go, too
local log = redis.call('XRANGE', CONV_LOG .. id, '-', '+')
redis.call('DEL', CONV_LOG .. id)
for _, one in ipairs(log) do
  if one[1] ~= seq .. '-0' then redis.call('XADD', CONV_LOG .. id, one[1], unpack(one[2])) end
end
redis.call('HSET', CONV_GONE .. id, seq, whole)
for _, chat in ipairs(redis.call('HKEYS', CONV_POSTS .. id .. ':' .. seq)) do
  owe(id, 'd', seq, chat, now)
end
for _, work in ipairs(redis.call('ZRANGEBYSCORE', CONV_WORK .. id, seq, seq)) do
  if string.sub(work, 1, 2) ~= 'd:' then redis.call('ZREM', CONV_WORK .. id, work) end
end
settled(id)
keep(id)
tell(id, frame)
return {'OK', whole}
