-- Write the audit log anew: what was done stays, under the same ids, and one person in it is nobody.
-- KEYS: audit, a key beside it for the copy. ARGV: the person's number, how many of their names are
-- nobody else's, those names, then their others. Returns {how many entries were about them}.
local log, copy, uid, own = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])

local function plain(text)
  return ' ' .. string.gsub(text, '[^%w\128-\255_]+', ' ') .. ' '
end

local function stands_in(text, word)
  return string.find(text, word, 1, true) and string.find(plain(text), plain(word), 1, true)
end

-- last: the last of the arguments to look for
local function names_them(text, last)
  if text == '' then return false end
  for i = 3, last do
    if stands_in(text, ARGV[i]) then return true end
  end
  return stands_in(text, uid) ~= nil
end

local function places_of(fields)
  local places = {}
  for i = 1, #fields, 2 do places[fields[i]] = i + 1 end
  return places
end

local function anonymous(fields)
  local at = places_of(fields)
  local by, whom = fields[at.by] == uid, fields[at.whom or 0] == uid
  if by then fields[at.by], fields[at.by_name] = '0', '' end
  if whom then fields[at.whom] = '0' end
  local detail = at.detail and names_them(fields[at.detail], (by or whom) and #ARGV or 2 + own)
  if detail then fields[at.detail] = '' end
  return by or whom or detail
end

local entries, found = redis.call('XRANGE', log, '-', '+'), 0
for _, entry in ipairs(entries) do
  if anonymous(entry[2]) then found = found + 1 end
end
if found == 0 then return {0} end

local left = redis.call('PTTL', log)
redis.call('DEL', copy)
for _, entry in ipairs(entries) do redis.call('XADD', copy, entry[1], unpack(entry[2])) end
redis.call('RENAME', copy, log)
if left > 0 then redis.call('PEXPIRE', log, left) end
return {found}
