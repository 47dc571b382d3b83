-- A participant is in by one door less.
-- KEYS: none. ARGV: conversation, pid, door, chat of their direct messages.
-- Returns {"OK", state} or {"GONE"}.
local id, pid, door, chat = unpack(ARGV)
if not there(id) then return {'GONE'} end
local text = redis.call('HGET', CONV_MEMBERS .. id, pid)
if text then
  local member, rest = cjson.decode(text), {}
  for _, one in ipairs(member.doors) do if one ~= door then rest[#rest + 1] = one end end
  member.doors = rest
  redis.call('HSET', CONV_MEMBERS .. id, pid, cjson.encode(member))
  if door == 'dm' then
    redis.call('SREM', CONV_DMS .. id, chat)
    drop_works(id, 't', chat)
  end
end
return {'OK', state(id)}
