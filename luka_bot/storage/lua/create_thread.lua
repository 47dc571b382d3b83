-- Make a thread and make it active.
-- KEYS: none. ARGV: user id, most threads a person may have, fields and values of the new thread
-- (the id first; an empty name asks for "Chat N", N one above the highest in use).
-- Returns {"OK", hash} or {"TOO_MANY"}.
local uid, most = ARGV[1], tonumber(ARGV[2])
local fields = {unpack(ARGV, 3)}

local threads = living(uid)
if #threads >= most then return {'TOO_MANY'} end

local id
local function name_of(flat)
  for i = 1, #flat, 2 do
    if flat[i] == 'name' then return flat[i + 1] end
  end
end

if name_of(fields) ~= '' then
  id = create(uid, fields)
elseif #threads == 0 then
  id = create_first(uid, fields)
else
  local highest = #threads
  for _, thread in ipairs(threads) do
    local name = redis.call('HGET', THREAD .. thread[1], 'name') or ''
    -- at most six digits: a person may well name a thread "Chat 99999999999999999999"
    local number = string.match(name, '^Chat (%d%d?%d?%d?%d?%d?)$')
    if number and tonumber(number) > highest then highest = tonumber(number) end
  end
  id = create(uid, fields)
  redis.call('HSET', THREAD .. id, 'name', string.format('Chat %d', highest + 1))
end
return {'OK', hash(id)}
