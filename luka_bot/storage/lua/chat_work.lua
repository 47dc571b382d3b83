-- Works done, or one more.
-- KEYS: none. ARGV: conversation, "done" or "more", now, work, ... Returns {"OK"} or {"GONE"}.
local id, what, now = ARGV[1], ARGV[2], ARGV[3]
if what == 'more' then
  if not there(id) then return {'GONE'} end
  for i = 4, #ARGV do
    local kind, seq, name = string.match(ARGV[i], '^(%a):(%d+):(.*)$')
    owe(id, kind, seq, name, now)
  end
  keep(id)
else
  for i = 4, #ARGV do redis.call('ZREM', CONV_WORK .. id, ARGV[i]) end
  settled(id)
end
return {'OK'}
