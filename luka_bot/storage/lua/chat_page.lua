-- Messages behind a number, in order, those without their words in their place.
-- KEYS: none. ARGV: conversation, number ("-1": the last ones), most, how many where the number is
-- out of reach. Returns {"OK", {message, ...}, current number, epoch, "reset" or ""} or {"GONE"}.
local id, after, most, reset_to = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
if not there(id) then return {'GONE'} end
local about = redis.call('HMGET', CONV .. id, 'seq', 'epoch')
local current = tonumber(about[1])
local log, gone = CONV_LOG .. id, CONV_GONE .. id

local oldest = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
local first = oldest and tonumber(string.match(oldest[1], '^%d+')) or current + 1
local reset = ''
if after >= 0 and (after > current or (after + 1 < first and after < current)) then
  -- what lies between may all have been taken back, or taken: then nothing is missing
  local missing = after > current
  for seq = after + 1, math.min(first - 1, current) do
    if missing then break end
    if seq - after > LOG_ITEMS or redis.call('HEXISTS', gone, seq) == 0 then missing = true end
  end
  if missing then after, most, reset = -1, reset_to, 'reset' end
end

local found = {}
if after < 0 then
  for _, one in ipairs(redis.call('XREVRANGE', log, '+', '-', 'COUNT', most)) do
    table.insert(found, 1, one[2][2])
  end
else
  for _, one in ipairs(redis.call('XRANGE', log, (after + 1) .. '-0', '+', 'COUNT', most)) do
    found[#found + 1] = one[2][2]
  end
end
local bare = redis.call('HVALS', gone)
return {'OK', found, current, about[2], reset, bare, after}
