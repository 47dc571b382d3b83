-- Store updates in order, each once, with the replica that has unfinished ones of its conversation.
-- KEYS: inbox:replicas. ARGV: seconds since the epoch, our replica, most updates that may wait, then
-- update id, conversation or "", payload, ... Returns {"OK", how many were new}, {"FULL"}, or
-- {"LOST"} if our replica's place was taken over: nobody would read what is stored with it.
local now, ours, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])
if not redis.call('ZSCORE', KEYS[1], ours) then return {'LOST'} end

local fresh = {}
for i = 4, #ARGV, 3 do
  if redis.call('EXISTS', SEEN .. ARGV[i]) == 0 then fresh[#fresh + 1] = i end
end

local waiting = 0
for _, replica in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  waiting = waiting + redis.call('XLEN', INBOX_OF .. replica)
end
if #fresh > 0 and waiting >= limit then return {'FULL'} end

local new = 0
for _, i in ipairs(fresh) do
  if redis.call('SET', SEEN .. ARGV[i], now, 'NX', 'EX', SEEN_SECONDS) then
    put(ours, now, ARGV[i], ARGV[i + 1], ARGV[i + 2])
    new = new + 1
  end
end
return {'OK', new}
