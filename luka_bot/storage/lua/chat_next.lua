-- Take a number that no message will have.
-- KEYS: none. ARGV: conversation.
-- Returns {"OK", number} or {"GONE"}.
if not there(ARGV[1]) then return {'GONE'} end
return {'OK', redis.call('HINCRBY', CONV .. ARGV[1], 'seq', 1)}
