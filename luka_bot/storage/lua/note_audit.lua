-- Add an entry to the audit log, and let go of what is too old. The same, said again at the same
-- moment, is added once.
-- KEYS: audit. ARGV: now (seconds), the oldest to stay (milliseconds), most entries, event, by,
-- name of by, whom or "", detail. Returns {"OK"}.
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local fields = {'at', ARGV[1], 'event', ARGV[4], 'by', ARGV[5], 'by_name', ARGV[6],
  'whom', ARGV[7], 'detail', ARGV[8]}
local same = last ~= nil
for i = 1, #fields do same = same and last[2][i] == fields[i] end
if same then return {'OK'} end
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', unpack(fields))
redis.call('XTRIM', KEYS[1], 'MINID', ARGV[2])
redis.call('EXPIRE', KEYS[1], AUDIT_SECONDS)
return {'OK'}
