-- Give a turn up that nobody works on any more: its question waits for no answer.
-- KEYS: none. ARGV: turn id, turn id as JSON, owner.
-- Returns {"OK", thread id, message ids or ""}, or {"NONE"} if no such question waits.
local turn, mark, owner = ARGV[1], ARGV[2], ARGV[3]
local id = redis.call('HGET', TURN .. turn, 'thread')
if not id then return {'NONE'} end

local items, asked = find_turn(id, mark)
if not asked or state_of(items[asked]) ~= 'pending' then return {'NONE'} end
write_state(id, items, asked, 'failed')
local left = take_turn(turn, id, owner)
advance(turn, 'sent')
return {'OK', id, left[1] or ''}
