-- Number what is said, keep it, tell the bus.
-- KEYS: dedup:{id}:{sender}:{message id}; of whoever has to be let in first usage:{uid},
-- flood:{uid} and asked:{uid}, too. ARGV: conversation, sender, the message as JSON without
-- its number, now, origin chat or "", its messages there with commas, "1" if agents are asked,
-- the work that this ends or "", most outstanding works, "human", "agent" or "system", the
-- agent's name if it is one, seconds that the id is remembered, then who is to be let in, as
-- meeting.lua takes it.
-- Returns {"OK", message, {cancelled work, ...}, depth}, {"DUPLICATE", message, {}, depth},
-- {"FULL", depth}, {"GONE"}, {"NOT_IN"}, {"ENDED"} or {"ASK"}: whether they may has to be asked at length.
local dedup, id, sender, text, now = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local origin, ids, asks, ends = ARGV[5], ARGV[6], ARGV[7] == '1', ARGV[8]
local limit, kind, own, seen_seconds = tonumber(ARGV[9]), ARGV[10], ARGV[11], ARGV[12]
local works = CONV_WORK .. id

if KEYS[2] then
  local who = {unpack(ARGV, 13)}
  local verdict = meet(KEYS[2], KEYS[3], KEYS[4], who)[2]
  local allowed = redis.call('HGET', USER .. who[1], 'standing') == 'allowed'
  if verdict ~= 'OK' or not allowed then return {'ASK'} end
end
if not there(id) then return {'GONE'} end
if kind ~= 'system' and redis.call('HEXISTS', CONV_MEMBERS .. id, sender) == 0 then
  return {'NOT_IN'}
end
local epoch = redis.call('HGET', CONV .. id, 'epoch')
local before, known = string.match(redis.call('GET', dedup) or '', '^(.*):(%d+)$')
if known and before == epoch then
  local seq = known
  local kept = redis.call('XRANGE', CONV_LOG .. id, seq .. '-0', seq .. '-0')[1]
  local whole = kept and kept[2][2] or ''
  return {'DUPLICATE', whole, {}, redis.call('ZCARD', works), seq}
end
if ends ~= '' and redis.call('ZREM', works, ends) == 0 then return {'ENDED'} end

local agents = {}
if asks and kind ~= 'system' then
  for _, one in ipairs(redis.call('SMEMBERS', CONV_AGENTS .. id)) do
    if one ~= own then agents[#agents + 1] = one end
  end
end
local chats = places(id)
local more = #agents
for _, chat in ipairs(chats) do if chat ~= origin then more = more + 1 end end

-- Agents' oldest works give way to people; if that isn't enough, nothing is taken from anybody.
local cancelled, depth = {}, redis.call('ZCARD', works)
if depth > 0 and depth + more > limit then
  if kind == 'human' then
    for _, work in ipairs(redis.call('ZRANGE', works, 0, -1)) do
      if depth - #cancelled == 0 or depth - #cancelled + more <= limit then break end
      if string.sub(work, 1, 2) == 'a:' then cancelled[#cancelled + 1] = work end
    end
  end
  local rest = depth - #cancelled
  if rest > 0 and rest + more > limit and kind ~= 'agent' then return {'FULL', depth} end
  for _, work in ipairs(cancelled) do
    redis.call('ZREM', works, work)
    tell(id, '{"type":"work_cancelled","work":' .. cjson.encode(work) .. '}')
  end
end

local seq, whole = record(id, text, now, sender)
redis.call('SET', dedup, epoch .. ':' .. seq, 'EX', seen_seconds)
for _, chat in ipairs(chats) do
  if chat ~= origin then owe(id, 't', seq, chat, now) end
end
for _, one in ipairs(agents) do owe(id, 'a', seq, one, now) end
if origin ~= '' then stands(id, seq, origin, ids) end
if ends ~= '' or #cancelled > 0 then settled(id) end
redis.call('PUBLISH', BUS .. id, 'm' .. whole)
return {'OK', whole, cancelled, redis.call('ZCARD', works)}
