-- Note whether an alarm stands for a process, and see whether it is that process's to tell of it.
-- KEYS: alarm:{name} (shown: "raised" or "over"; quiet: "1" if by an edit; message; sent_at: of the
-- last one that was no edit; teller, teller_until), alarm_on:{name} (processes, until when).
-- ARGV: process, "1" if it stands or "0", seconds since the epoch, until when this holds without being
-- said again, until when nobody else may tell, seconds in which a second message is an edit.
-- Returns {"OK", "send" | "edit" | "held" (over here, and stands for others) | "", the last message's
-- id or ""}.
local who, now, again = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[6])
local stands = ARGV[2] == '1'

if stands then
  redis.call('ZADD', KEYS[2], ARGV[4], who)
else
  redis.call('ZREM', KEYS[2], who)
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
redis.call('EXPIRE', KEYS[2], ALARM_SECONDS)

local known = redis.call('HMGET', KEYS[1], 'shown', 'quiet', 'message', 'sent_at', 'teller',
  'teller_until')
local raised, quiet, message = known[1] == 'raised', known[2] == '1', known[3] or ''
local lately = known[4] and now - tonumber(known[4]) < again

local due = ''
if raised and not stands and redis.call('EXISTS', KEYS[2]) == 1 then return {'OK', 'held', ''} end
if stands and (not raised or (quiet and not lately)) then
  due = lately and message ~= '' and 'edit' or 'send'
elseif not stands and raised then
  due = quiet and message ~= '' and 'edit' or 'send'
end
if due == '' or (known[5] and known[5] ~= who and tonumber(known[6]) > now) then
  return {'OK', '', message}
end
redis.call('HSET', KEYS[1], 'teller', who, 'teller_until', ARGV[5])
redis.call('EXPIRE', KEYS[1], ALARM_SECONDS)
return {'OK', due, message}
