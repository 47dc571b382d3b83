-- Sign in by a link, which works once.
-- KEYS: a link's, a session's. ARGV: seconds that the session lives without a visit, then field,
-- value, ... of it besides its person.
-- Returns {"OK", person} or {"GONE"}; said again with the same session, what the first did.
local link, session = KEYS[1], KEYS[2]
local there = redis.call('HGET', session, 'person')
if there then return {'OK', there} end
local person = redis.call('HGET', link, 'person')
if not person then return {'GONE'} end
redis.call('DEL', link)
redis.call('HSET', session, 'person', person, unpack(ARGV, 2))
redis.call('EXPIRE', session, ARGV[1])
return {'OK', person}
