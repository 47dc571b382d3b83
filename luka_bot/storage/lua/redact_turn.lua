-- Take a question and its answer out of a thread.
-- KEYS: none. ARGV: user id, thread id, turn id as JSON, turn id.
-- Returns {"OK", the answer's message ids or "", "1" if a summary went too, else ""}, {"GONE"} or
-- {"NOT_YOURS"}.
local uid, id, mark, turn = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local thread, history = THREAD .. id, HISTORY .. id

local standing = rank(uid, id)
if refused(standing) then return {standing} end

local items, asked, answered = find_turn(id, mark)
local gone = 0
for _, place in pairs({asked, answered}) do
  redis.call('LSET', history, place - 1, '')
  gone = gone + 1
end
if gone > 0 then
  redis.call('LREM', history, 0, '')
  local count = tonumber(redis.call('HGET', thread, 'message_count') or '0') or 0
  redis.call('HSET', thread, 'message_count', math.max(0, count - gone))
end
-- a divider would answer, and so quote, what was taken out
redis.call('HDEL', thread, 'chat_id', 'last_message_id')

-- where older messages don't fit, notes of them are made, or are being made now
local known = redis.call('HMGET', thread, 'summary', 'trimming_told', 'seq')
local noted = (known[1] or '') ~= ''
if noted or known[2] then
  redis.call('HSET', thread, 'summary', '', 'summary_upto', known[3] or '0')
end
return {'OK', redis.call('HGET', TURN .. turn, 'ids') or '', noted and '1' or ''}
