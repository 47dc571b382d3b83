-- Somebody asks to get in, or says more of why.
-- KEYS: none. ARGV: uid, name, username, language, search text, now (seconds), seconds after a
-- rejection in which nobody asks again, most characters of their words, a line of theirs or "",
-- the update's number.
-- Returns {"NEW" | "MORE" | "WAITING" | "EARLY", hash}; EARLY: rejected a moment ago.
local uid, now, line = ARGV[1], tonumber(ARGV[6]), ARGV[9]
local state = redis.call('HMGET', USER .. uid, 'standing', 'decided_at', 'request', 'said_in')
if state[1] == 'rejected' and now - tonumber(state[2] or '0') < tonumber(ARGV[7]) then
  return {'EARLY', person(uid)}
end
local fresh = state[1] ~= 'waiting' or state[3] == ARGV[10]
if fresh then
  record(uid, 'waiting', ARGV[6])
  redis.call('HSET', USER .. uid, 'standing', 'waiting', 'request', ARGV[10], 'seen', ARGV[6])
  redis.call('HDEL', USER .. uid, 'card')
  if state[1] ~= 'waiting' then redis.call('HDEL', USER .. uid, 'words') end
end
describe(uid, ARGV[2], ARGV[3], ARGV[4], ARGV[5])
local words = redis.call('HGET', USER .. uid, 'words') or ''
if line ~= '' and state[4] ~= ARGV[10] and #words < tonumber(ARGV[8]) then
  redis.call('HSET', USER .. uid, 'words', words == '' and line or words .. '\n' .. line,
    'said_in', ARGV[10])
  return {fresh and 'NEW' or 'MORE', person(uid)}
end
return {fresh and 'NEW' or (state[4] == ARGV[10] and 'MORE' or 'WAITING'), person(uid)}
