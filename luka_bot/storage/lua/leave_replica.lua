-- Give our place up; what waits in our stream may be taken over at once.
-- KEYS: inbox:replicas. ARGV: replica. Returns {"OK"}.
redis.call('DEL', REPLICA_LEASE .. ARGV[1])
if redis.call('XLEN', INBOX_OF .. ARGV[1]) > 0 then
  redis.call('ZADD', KEYS[1], 'XX', 0, ARGV[1])
else
  redis.call('DEL', INBOX_OF .. ARGV[1])
  redis.call('ZREM', KEYS[1], ARGV[1])
end
return {'OK'}
