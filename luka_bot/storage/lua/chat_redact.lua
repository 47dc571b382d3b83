-- Take a message's words back; who said it, and when, stays.
-- KEYS: none. ARGV: conversation, number, now, the frame that tells of it.
-- Returns {"OK", message without its words}, {"GONE"} or {"MISSING"}.
local id, seq, now, frame = unpack(ARGV)
if not there(id) then return {'GONE'} end
local kept = redis.call('XRANGE', CONV_LOG .. id, seq .. '-0', seq .. '-0')[1]
if not kept then return {'MISSING'} end
local message = cjson.decode(kept[2][2])
message.content, message.status = '', 'redacted'
local whole = cjson.encode(message)
take_back(id, {[seq] = whole}, now)
tell(id, frame)
return {'OK', whole}
