-- Numbers of what somebody said and didn't take back.
-- KEYS: none. ARGV: conversation, `"sender_id":"…"` as JSON has it. Returns {number, ...}.
local found = {}
for _, one in ipairs(redis.call('XRANGE', CONV_LOG .. ARGV[1], '-', '+')) do
  if string.find(one[2][2], ARGV[2], 1, true) then
    found[#found + 1] = string.match(one[1], '^%d+')
  end
end
return found
