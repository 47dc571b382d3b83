-- A thread is a conversation from now on: questions in it are said there.
-- What was said so far takes the first numbers, also where it was a conversation once before.
-- KEYS: none. ARGV: thread. Returns {"OK"} or {"GONE"}.
if redis.call('EXISTS', THREAD .. ARGV[1]) == 0 then return {'GONE'} end
redis.call('HSET', THREAD .. ARGV[1], 'conv', '1')
redis.call('HSET', THREAD .. ARGV[1], 'hist_seq', redis.call('LLEN', HISTORY .. ARGV[1]))
return {'OK'}
