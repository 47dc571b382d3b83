-- Where a message stands in a Telegram chat. If it was taken back while it was brought there, it goes
-- again.
-- KEYS: none. ARGV: conversation, number, chat, its messages there with commas, now.
-- Returns {"OK"} or {"GONE"}.
local id, seq, chat, ids, now = unpack(ARGV)
if not there(id) then return {'GONE'} end
stands(id, seq, chat, ids)
if redis.call('HEXISTS', CONV_GONE .. id, seq) == 1 then owe(id, 'd', seq, chat, now) end
keep(id)
return {'OK'}
