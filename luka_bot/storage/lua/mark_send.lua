-- Say that a message is about to be sent, so that a crash in between is known of.
-- KEYS: what is known of a turn, or of an update's replies. ARGV: which message (from 0), run,
-- owner or "" (whoever comes may send).
-- Returns {"OK", "1" if an earlier run's send may have arrived unknown, else ""},
-- {"STANDS", message id} if it was sent, or {"TAKEN"} if another process goes on with the turn.
local known, number, run, owner = KEYS[1], ARGV[1], ARGV[2], ARGV[3]

local holder = redis.call('HGET', known, 'owner')
if owner ~= '' and holder and holder ~= owner then return {'TAKEN'} end
local stands = redis.call('HGET', known, 'sent:' .. number)
if stands then return {'STANDS', stands} end

local before = redis.call('HGET', known, 'wire')
-- kept until it is dealt with: this reply may be lost, and the same asked again
if before and string.match(before, ':(.*)') ~= run then redis.call('HSET', known, 'doubt', '1') end
redis.call('HSET', known, 'wire', number .. ':' .. run)
if redis.call('HGET', known, 'state') == 'stored' then
  redis.call('HSET', known, 'state', 'generating')
end
redis.call('EXPIRE', known, TURN_SECONDS)
return {'OK', redis.call('HGET', known, 'doubt') or ''}
