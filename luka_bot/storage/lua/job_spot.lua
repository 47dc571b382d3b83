-- Where a card or a result of a job stands in Telegram, so that a reply to it leads to the job.
-- KEYS: job_at:{chat}:{message}. ARGV: id, the field that names it ("card", "admin_card") or "", the
-- message as JSON.
-- Returns {"OK"} or {"GONE"}.
local id = ARGV[1]
if redis.call('EXISTS', JOB .. id) == 0 then return {'GONE'} end
if ARGV[2] ~= '' then redis.call('HSET', JOB .. id, ARGV[2], ARGV[3]) end
redis.call('SET', KEYS[1], id)
redis.call('SADD', JOB_SPOTS .. id, KEYS[1])
return {'OK'}
