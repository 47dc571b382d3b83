-- A page of the people, who was here last first.
-- KEYS: none. ARGV: part of a name, lower case, or ""; a standing or ""; offset, limit; "1" for those
-- alone who have limits of their own.
-- Returns {how many fit, {hash, ...}, {standing, how many fit of each, ...}}.
local query, standing, limited = ARGV[1], ARGV[2], ARGV[5] == '1'
local found, counts = {}, {}
for _, uid in ipairs(redis.call('SMEMBERS', PEOPLE)) do
  local one = redis.call('HMGET', USER .. uid, 'search', 'standing', 'seen', 'user_id',
    'limit_messages', 'limit_tokens', 'limit_seconds')
  local named = query == '' or uid == query or string.find(one[1] or '', query, 1, true)
  if not one[4] then
    redis.call('SREM', PEOPLE, uid)
  elseif named and (not limited or one[5] or one[6] or one[7]) then
    counts[one[2]] = (counts[one[2]] or 0) + 1
    if standing == '' or one[2] == standing then
      found[#found + 1] = {uid, tonumber(one[3] or '0')}
    end
  end
end
table.sort(found, function(a, b)
  if a[2] ~= b[2] then return a[2] > b[2] end
  return a[1] < b[1]
end)
local offset = tonumber(ARGV[3])
local page, told = {}, {}
for i = offset + 1, math.min(#found, offset + tonumber(ARGV[4])) do
  page[#page + 1] = person(found[i][1])
end
for name, number in pairs(counts) do
  told[#told + 1] = name
  told[#told + 1] = number
end
return {#found, page, told}
