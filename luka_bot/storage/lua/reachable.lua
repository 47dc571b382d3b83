-- Whom a broadcast reaches: who may talk, isn't known to have blocked us, and lives on Telegram.
local function reachable()
  local found = {}
  for _, uid in ipairs(redis.call('SMEMBERS', PEOPLE)) do
    local one = redis.call('HMGET', USER .. uid, 'standing', 'reach')
    if one[1] == 'allowed' and (one[2] or '') == '' and tonumber(uid) < FIRST_LOCAL then
      found[#found + 1] = uid
    end
  end
  return found
end
