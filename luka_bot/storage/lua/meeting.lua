-- Somebody is here: write down what is news of them, hold them to their pace and their day.
-- usage, flood, asked: the keys usage:{uid}, flood:{uid}, asked:{uid}. who: uid, name, username,
-- language, search text, now (seconds), "open" or another access, "1" if an admin, messages a
-- minute (0: any), what they do by name (an update's number) or "", when their day ends (0: not
-- known), default limits of messages, tokens and seconds a day, "1" if it is counted as a message.
-- What comes a second time, as after a crash, is neither held to the pace nor counted once more.
-- Returns {hash, verdict, seconds, {messages, tokens, seconds, until}}. Verdict: "OK", "FLOOD"
-- (seconds: until there is room), "NEW_DAY" (say again with its end), "messages", "tokens" or
-- "seconds" (the limit that is reached).
local function meet(usage, flood, asked, who)
  local uid, now, rate = who[1], tonumber(who[6]), tonumber(who[9])
  local name, day_ends = who[10], tonumber(who[11])
  local admin, counted = who[8] == '1', who[15] == '1'
  local mark = counted and name or '~' .. name
  local is_new = name == '' or redis.call('SISMEMBER', asked, mark) == 0

  if not known(uid) and (who[7] == 'open' or admin) then record(uid, 'allowed', who[6]) end
  -- No admin is ever kept waiting, or out.
  if admin then redis.call('HSET', USER .. uid, 'standing', 'allowed') end
  if known(uid) then
    describe(uid, who[2], who[3], who[4], who[5])
    local seen = tonumber(redis.call('HGET', USER .. uid, 'seen') or '0')
    if now - seen > SEEN_AGAIN then redis.call('HSET', USER .. uid, 'seen', who[6]) end
    -- Any write makes a full server take the rest of the script: none for nothing.
    if redis.call('HEXISTS', USER .. uid, 'reach') == 1 then
      redis.call('HDEL', USER .. uid, 'reach')
    end
  end

  local function told(verdict, seconds)
    local used = redis.call('HMGET', usage, 'messages', 'tokens', 'seconds', 'until')
    return {person(uid), verdict, tostring(seconds or 0),
      {used[1] or '0', used[2] or '0', used[3] or '0', used[4] or '0'}}
  end

  local function remember()
    if name == '' then return end
    redis.call('SADD', asked, mark)
    redis.call('EXPIRE', asked, ASKED_SECONDS)
  end

  -- Generic cell rate: one instant is all that has to be kept of how fast somebody was.
  if rate > 0 and is_new then
    local step = 60 / rate
    local due = math.max(tonumber(redis.call('GET', flood) or '0'), now) + step
    if due - now > 60 then return told('FLOOD', due - now - 60) end
    redis.call('SET', flood, string.format('%.3f', due), 'EX', FLOOD_SECONDS)
    if not counted then remember() end
  end

  local standing = redis.call('HGET', USER .. uid, 'standing')
  if not counted or not is_new or not (admin or standing == 'allowed') then return told('OK') end

  if now >= tonumber(redis.call('HGET', usage, 'until') or '0') then
    if day_ends == 0 then return told('NEW_DAY') end
    redis.call('DEL', usage)
    redis.call('HSET', usage, 'until', who[11])
    redis.call('EXPIRE', usage, USAGE_SECONDS)
  end
  if not admin then
    for i, kind in ipairs({'messages', 'tokens', 'seconds'}) do
      local own = redis.call('HGET', USER .. uid, 'limit_' .. kind)
      local limit = tonumber(own or who[11 + i])
      if limit > 0 and tonumber(redis.call('HGET', usage, kind) or '0') >= limit then
        return told(kind)
      end
    end
  end
  redis.call('HINCRBY', usage, 'messages', 1)
  remember()
  return told('OK')
end
