-- What the scripts of conversations share. Constants (CONV, CONV_LOG, ...) come from keys.py.

local function there(id)
  return redis.call('EXISTS', CONV .. id, THREAD .. id) == 2
end

-- Everything of a conversation lives as long as its thread from now on.
local function keep(id)
  for _, prefix in ipairs({CONV, CONV_MEMBERS, CONV_DMS, CONV_AGENTS, CONV_WORK, CONV_INVITES,
      THREAD}) do
    redis.call('EXPIRE', prefix .. id, THREAD_SECONDS)
  end
end

-- What was said in it lives as long as what is said in any thread.
local function keep_said(id)
  redis.call('EXPIRE', CONV_LOG .. id, HISTORY_SECONDS)
  redis.call('EXPIRE', CONV_GONE .. id, HISTORY_SECONDS)
end

-- A conversation that is used lives on, and so does what leads to it, for who only listens, too.
-- A thirtieth of its life is near enough: the same at every message would double what is written.
local function keep_ways(id, now)
  local about = redis.call('HMGET', CONV .. id, 'kept_at', 'chat_id', 'topic_id')
  if math.abs(tonumber(now) - tonumber(about[1] or '0')) < THREAD_SECONDS / 30 then return end
  redis.call('HSET', CONV .. id, 'kept_at', now)
  keep(id)
  for _, pid in ipairs(redis.call('HKEYS', CONV_MEMBERS .. id)) do
    redis.call('SADD', USER_CONVS .. pid, id)
    redis.call('EXPIRE', USER_CONVS .. pid, THREAD_SECONDS)
    redis.call('EXPIRE', INDEX .. string.match(pid, ':(.*)$'), THREAD_SECONDS)
  end
  redis.call('EXPIRE', INDEX .. redis.call('HGET', THREAD .. id, 'user_id'), THREAD_SECONDS)
  if about[2] then
    redis.call('EXPIRE', CHAT_THREAD .. about[2] .. ':' .. (about[3] or ''), THREAD_SECONDS)
    redis.call('EXPIRE', CHAT_TOPICS .. about[2], THREAD_SECONDS)
  end
end

-- Of what was taken back, no more is known than the log goes back.
local function prune_gone(id, seq)
  if seq % 100 ~= 0 then return end
  for _, old in ipairs(redis.call('HKEYS', CONV_GONE .. id)) do
    if tonumber(old) < seq - LOG_ITEMS - 100 then redis.call('HDEL', CONV_GONE .. id, old) end
  end
end

local function tell(id, frame)
  redis.call('PUBLISH', BUS .. id, 'f' .. frame)
end

-- Number a message and keep it. text: JSON without its number. speaker: a person, or nil.
local function record(id, text, now, speaker)
  local seq = redis.call('HINCRBY', CONV .. id, 'seq', 1)
  local whole = string.format('{"sequence_id":%d,', seq) .. string.sub(text, 2)
  redis.call('XADD', CONV_LOG .. id, 'MAXLEN', '~', LOG_ITEMS, seq .. '-0', 'm', whole)
  if speaker then
    redis.call('HSET', CONV .. id, 'said_at', now, 'spoke:' .. speaker, seq)
  else
    redis.call('HSET', CONV .. id, 'said_at', now)
  end
  prune_gone(id, seq)
  keep_said(id)
  keep_ways(id, now)
  return seq, whole
end

local function owe(id, kind, seq, name, now)
  redis.call('ZADD', CONV_WORK .. id, seq, kind .. ':' .. seq .. ':' .. name)
  redis.call('ZADD', CONV_OWING, 'NX', now, id)
  redis.call('EXPIRE', CONV_WORK .. id, THREAD_SECONDS)
  redis.call('EXPIRE', CONV_OWING, THREAD_SECONDS)
end

local function settled(id)
  if redis.call('ZCARD', CONV_WORK .. id) == 0 then redis.call('ZREM', CONV_OWING, id) end
end

-- The Telegram chats that get what is said.
local function places(id)
  local chats = redis.call('SMEMBERS', CONV_DMS .. id)
  local group = redis.call('HGET', CONV .. id, 'chat_id')
  if group and group ~= '' then table.insert(chats, 1, group) end
  return chats
end

local function owe_posts(id, seq, origin, now)
  for _, chat in ipairs(places(id)) do
    if chat ~= origin then owe(id, 't', seq, chat, now) end
  end
end

local function stands(id, seq, chat, ids)
  if ids == '' then return end
  local posts = CONV_POSTS .. id .. ':' .. seq
  redis.call('HSET', posts, chat, ids)
  redis.call('EXPIRE', posts, HISTORY_SECONDS)
  for one in string.gmatch(ids, '[^,]+') do
    redis.call('SET', POST .. chat .. ':' .. one, id .. ':' .. seq, 'EX', HISTORY_SECONDS)
  end
end

-- Forget where a message stands; in one chat, or ('') in all.
local function lift(id, seq, only)
  local posts = CONV_POSTS .. id .. ':' .. seq
  local found = redis.call('HGETALL', posts)
  for i = 1, #found, 2 do
    if only == '' or found[i] == only then
      for one in string.gmatch(found[i + 1], '[^,]+') do
        redis.call('DEL', POST .. found[i] .. ':' .. one)
      end
      redis.call('HDEL', posts, found[i])
    end
  end
end

local function lift_all(id, only)
  for _, one in ipairs(redis.call('XRANGE', CONV_LOG .. id, '-', '+')) do
    lift(id, string.match(one[1], '^%d+'), only)
  end
  for _, seq in ipairs(redis.call('HKEYS', CONV_GONE .. id)) do lift(id, seq, only) end
end

-- Works of a kind that bear a name.
local function drop_works(id, kind, name)
  for _, work in ipairs(redis.call('ZRANGE', CONV_WORK .. id, 0, -1)) do
    if string.match(work, '^' .. kind .. ':%d+:(.*)$') == name then
      redis.call('ZREM', CONV_WORK .. id, work)
    end
  end
  settled(id)
end

-- but: a chat that isn't told, or nil.
local function announce(id, text, now, but)
  local seq, whole = record(id, text, now)
  owe_posts(id, seq, but or '', now)
  keep(id)
  redis.call('PUBLISH', BUS .. id, 'm' .. whole)
  return whole
end

-- A conversation as it is: {thread's hash, {field, value, ...}, {pid, member, ...}}
local function state(id)
  return {redis.call('HGETALL', THREAD .. id), redis.call('HGETALL', CONV .. id),
    redis.call('HGETALL', CONV_MEMBERS .. id)}
end
