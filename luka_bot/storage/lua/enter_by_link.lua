-- Sign in by a link, which works once.
-- KEYS: weblink:{digest}, session:{digest}. ARGV: csrf, now (seconds), seconds without a visit after
-- which the session ends.
-- Returns {"OK", person} or {"GONE"}; said again with the same session, what the first did.
local link, session = KEYS[1], KEYS[2]
local there = redis.call('HGET', session, 'person')
if there then return {'OK', there} end
local person = redis.call('HGET', link, 'person')
if not person then return {'GONE'} end
redis.call('DEL', link)
redis.call('HSET', session, 'person', person, 'csrf', ARGV[1], 'made_at', ARGV[2])
redis.call('EXPIRE', session, ARGV[3])
return {'OK', person}
