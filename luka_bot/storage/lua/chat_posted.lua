-- Where a message stands in a Telegram chat.
-- KEYS: none. ARGV: conversation, number, chat, its messages there with commas.
-- Returns {"OK"} or {"GONE"}.
local id, seq, chat, ids = unpack(ARGV)
if not there(id) then return {'GONE'} end
stands(id, seq, chat, ids)
keep(id)
return {'OK'}
