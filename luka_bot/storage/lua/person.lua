-- What the scripts about people share. Constants (USER, PEOPLE, ...) come from keys.py.

local function known(uid) return redis.call('EXISTS', USER .. uid) == 1 end

local function person(uid) return redis.call('HGETALL', USER .. uid) end

-- A name of Telegram's leads to whoever bears it now.
local function bear(uid, username)
  local before = redis.call('HGET', USER .. uid, 'username') or ''
  if before ~= '' and before ~= username and redis.call('GET', USERNAME .. before) == uid then
    redis.call('DEL', USERNAME .. before)
  end
  if username ~= '' then redis.call('SET', USERNAME .. username, uid) end
end

-- Writes what an update said of somebody, where it is news.
local function describe(uid, name, username, language, search)
  local now = redis.call('HMGET', USER .. uid, 'name', 'username', 'language')
  if now[1] == name and (now[2] or '') == username and now[3] == language then return end
  bear(uid, username)
  local login = redis.call('HGET', USER .. uid, 'login')
  redis.call('HSET', USER .. uid, 'name', name, 'username', username, 'language', language,
    'search', login and search .. ' ' .. login or search)
end

local function record(uid, standing, now)
  redis.call('HSETNX', USER .. uid, 'user_id', uid)
  redis.call('HSETNX', USER .. uid, 'since', now)
  redis.call('HSETNX', USER .. uid, 'standing', standing)
  redis.call('SADD', PEOPLE, uid)
end
