-- KEYS: bookmark, the thread's hash or nothing. ARGV: message ids as JSON, chat id or "", the last
-- message id or "". Returns {"OK"}.
redis.call('SET', KEYS[1], ARGV[1], 'EX', BOOKMARK_SECONDS)
if KEYS[2] and ARGV[3] ~= '' and redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('HSET', KEYS[2], 'chat_id', ARGV[2], 'last_message_id', ARGV[3])
end
return {'OK'}
