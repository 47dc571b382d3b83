-- The thread stays and remembers nothing; seq goes on, so that no number is used twice, and a summary
-- of what was forgotten, still being written, comes too late.
-- KEYS: none. ARGV: user id, thread id. Returns {"OK", hash}, {"GONE"} or {"NOT_YOURS"}.
local uid, id = ARGV[1], ARGV[2]

local standing = rank(uid, id)
if refused(standing) then return {standing} end
if standing ~= 'owner' then return {'NOT_YOURS'} end
redis.call('DEL', HISTORY .. id)
local last = redis.call('HGET', THREAD .. id, 'seq') or '0'
redis.call('HSET', THREAD .. id, 'message_count', '0', 'summary', '', 'summary_upto', last)
redis.call('HDEL', THREAD .. id, 'trimming_told', 'expired_turn')
-- a divider would answer, and so quote, what was forgotten
redis.call('HDEL', THREAD .. id, 'chat_id', 'last_message_id')
return {'OK', hash(id)}
