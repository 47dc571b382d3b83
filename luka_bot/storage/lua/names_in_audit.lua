-- How somebody was called when they did what the audit log tells, in one part of it.
-- KEYS: audit. ARGV: the person's number, where to begin, how many entries. Returns {where the next
-- part begins or "" at the end, name, ...}.
local entries = redis.call('XRANGE', KEYS[1], ARGV[2], '+', 'COUNT', ARGV[3])
local names = {#entries == tonumber(ARGV[3]) and '(' .. entries[#entries][1] or ''}
for _, entry in ipairs(entries) do
  local by, name = '', ''
  for i = 1, #entry[2], 2 do
    if entry[2][i] == 'by' then by = entry[2][i + 1] end
    if entry[2][i] == 'by_name' then name = entry[2][i + 1] end
  end
  if by == ARGV[1] and name ~= names[#names] then names[#names + 1] = name end
end
return names
