-- Where an answer stands.
-- KEYS: what is known of the turn, the thread's hash or nothing. ARGV: owner, run, message ids as
-- JSON, chat id, the last message id or "", "1" if all of the answer stands there, else "0".
-- Returns {"OK", "1" if an earlier run's send may have arrived unknown, else ""}, or {"TAKEN"} if
-- another process goes on with the turn.
local known, owner, run = KEYS[1], ARGV[1], ARGV[2]

local holder = redis.call('HGET', known, 'owner')
if holder and holder ~= owner then return {'TAKEN'} end

local wire = redis.call('HGET', known, 'wire')
local doubt = wire and string.match(wire, ':(.*)') ~= run and '1' or ''
redis.call('HDEL', known, 'wire', 'doubt')
redis.call('HSET', known, 'ids', ARGV[3])
if ARGV[6] == '1' then redis.call('HSET', known, 'state', 'sent') end
redis.call('EXPIRE', known, TURN_SECONDS)
if KEYS[2] and ARGV[5] ~= '' and redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('HSET', KEYS[2], 'chat_id', ARGV[4], 'last_message_id', ARGV[5])
end
return {'OK', doubt}
