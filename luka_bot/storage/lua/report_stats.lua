-- What some days come to.
-- KEYS: stats:{date} of each day, oldest first, then active:{date} of each.
-- ARGV: how many people to name at most, how many of the last days are a week.
-- Returns {{hash of a day, people of it, ...}, people of all days, people of the week, {id, messages,
-- ...} of those who wrote most, most first}.
local days, most, week = #KEYS / 2, tonumber(ARGV[1]), tonumber(ARGV[2])

-- Name, score, name, score, ...: the least first.
local function wrote_since(day)
  local command = {'ZUNION', days - day + 1, unpack(KEYS, days + day, 2 * days)}
  command[#command + 1] = 'WITHSCORES'
  return redis.call(unpack(command))
end

local each = {}
for day = 1, days do
  each[#each + 1] = redis.call('HGETALL', KEYS[day])
  each[#each + 1] = redis.call('ZCARD', KEYS[days + day])
end

local wrote, first = wrote_since(1), {}
for place = #wrote, math.max(2, #wrote - 2 * most + 2), -2 do
  first[#first + 1] = wrote[place - 1]
  first[#first + 1] = wrote[place]
end
return {each, #wrote / 2, #wrote_since(math.max(1, days - week + 1)) / 2, first}
