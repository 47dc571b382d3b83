-- The last step of forgetting somebody: what is named by their number, and they themselves.
-- KEYS: line:waiting, line:running, line:people, then keys to delete. ARGV: the person's number.
-- Returns {"OK"}.
local waiting, running, rounds = KEYS[1], KEYS[2], KEYS[3]
local uid = ARGV[1]

local function theirs(place) return string.match(place, '^%d+ (%S+)') == uid end

for _, place in ipairs(redis.call('ZRANGE', waiting, 0, -1)) do
  if theirs(place) then redis.call('ZREM', waiting, place) end
end
for _, place in ipairs(redis.call('SMEMBERS', running)) do
  if theirs(place) then redis.call('SREM', running, place) end
end
redis.call('ZREM', rounds, uid)

-- while something of theirs is open, this goes with it
local chat = INBOX_CHAT .. uid
if tonumber(redis.call('HGET', chat, 'open') or '0') <= 0 then redis.call('DEL', chat) end

redis.call('SREM', PEOPLE, uid)
for i = 4, #KEYS do redis.call('DEL', KEYS[i]) end
return {'OK'}
