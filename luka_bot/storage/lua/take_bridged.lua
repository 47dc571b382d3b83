-- Another run brings something of a conversation to a chat; whoever did before says no more.
-- KEYS: what is known of it. ARGV: run, the last message that goes with it or "".
-- Returns {message ids as JSON, the last message that the first run took with it or ""}.
local known = KEYS[1]
redis.call('HSET', known, 'owner', ARGV[1])
if ARGV[2] ~= '' then redis.call('HSETNX', known, 'until', ARGV[2]) end
redis.call('EXPIRE', known, TURN_SECONDS)
return {redis.call('HGET', known, 'ids') or '[]', redis.call('HGET', known, 'until') or ''}
