-- Words that are taken back: out of the log, for good, while their numbers stay.

-- taken: {["5"] = the message without its words, as JSON, ...}
local function take_back(id, taken, now)
  -- XDEL leaves an entry's bytes where they are, until its neighbours go, too
  local log = redis.call('XRANGE', CONV_LOG .. id, '-', '+')
  redis.call('DEL', CONV_LOG .. id)
  for _, one in ipairs(log) do
    if not taken[string.match(one[1], '^%d+')] then
      redis.call('XADD', CONV_LOG .. id, one[1], unpack(one[2]))
    end
  end
  for seq, bare in pairs(taken) do
    redis.call('HSET', CONV_GONE .. id, seq, bare)
    for _, work in ipairs(redis.call('ZRANGEBYSCORE', CONV_WORK .. id, seq, seq)) do
      if string.sub(work, 1, 2) ~= 'd:' then redis.call('ZREM', CONV_WORK .. id, work) end
    end
    for _, chat in ipairs(redis.call('HKEYS', CONV_POSTS .. id .. ':' .. seq)) do
      owe(id, 'd', seq, chat, now)
    end
  end
  settled(id)
  keep(id)
  keep_said(id)
end
