-- Somebody comes in, by an invite or without one; or by one more door.
-- KEYS: the invite or "". ARGV: conversation ("" with an invite), pid, the member as JSON, chat of
-- their direct messages or "", agent's name or "", "1" if by the group alone, most participants,
-- most by direct messages, now, what is announced as JSON without its number, doors with commas.
-- Returns {"OK", state, message}, {"IN", state}, {"GONE"}, {"NO_INVITE"}, {"FULL"} or {"FULL_DM"}.
local invite, id, pid, member = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local chat, agent, by_group = ARGV[4], ARGV[5], ARGV[6] == '1'
local most, most_dm, now, text = tonumber(ARGV[7]), tonumber(ARGV[8]), ARGV[9], ARGV[10]

if invite ~= '' then
  local found = redis.call('HMGET', invite, 'conv', 'expires_at')
  if not found[1] or tonumber(found[2]) <= tonumber(now) then return {'NO_INVITE'} end
  id = found[1]
end
if not there(id) then return {invite ~= '' and 'NO_INVITE' or 'GONE'} end
local members = CONV_MEMBERS .. id
local before = redis.call('HGET', members, pid)

if chat ~= '' and redis.call('SISMEMBER', CONV_DMS .. id, chat) == 0
    and redis.call('SCARD', CONV_DMS .. id) >= most_dm then
  return {'FULL_DM'}
end
if not before and redis.call('HLEN', members) >= most then
  local silent, least
  if by_group then
    local all = redis.call('HGETALL', members)
    for i = 1, #all, 2 do
      local one = cjson.decode(all[i + 1])
      if #one.doors == 1 and one.doors[1] == 'group' then
        local spoke = tonumber(redis.call('HGET', CONV .. id, 'spoke:' .. all[i]) or '0')
        if not least or spoke < least then silent, least = all[i], spoke end
      end
    end
  end
  if not silent then return {'FULL'} end
  redis.call('HDEL', members, silent)
  redis.call('SREM', USER_CONVS .. silent, id)
end

if before then
  local was, is = cjson.decode(before), cjson.decode(member)
  local doors, seen = {}, {}
  for _, list in ipairs({was.doors, is.doors}) do
    for _, door in ipairs(list) do
      if not seen[door] then doors[#doors + 1] = door end
      seen[door] = true
    end
  end
  is.joined_at, is.doors = was.joined_at, doors
  member = cjson.encode(is)
end
redis.call('HSET', members, pid, member)
redis.call('SADD', USER_CONVS .. pid, id)
redis.call('EXPIRE', USER_CONVS .. pid, THREAD_SECONDS)
if agent ~= '' then redis.call('SADD', CONV_AGENTS .. id, agent) end
if chat ~= '' then redis.call('SADD', CONV_DMS .. id, chat) end
if before then
  keep(id)
  return {'IN', state(id)}
end
if invite ~= '' and redis.call('HINCRBY', invite, 'uses', -1) <= 0 then
  redis.call('SREM', CONV_INVITES .. id, invite)
  redis.call('DEL', invite)
end
local whole = announce(id, text, now, chat) -- who comes knows that they did
tell(id, '{"type":"participant_update","action":"join","participant_id":""}')
return {'OK', state(id), whole}
