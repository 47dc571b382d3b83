-- The same question again: pending, while its old answer stands until a new one is committed.
-- KEYS: none. ARGV: user id, thread id, turn id as JSON, turn id, most history items to return,
-- "1" if only the last turn may be answered anew, else "0" (a turn that is done stays done).
-- Returns what open_turn returns, {"NO_TURN"} or {"NOT_LAST"}.
local uid, id, mark, turn = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local limit, last_only = tonumber(ARGV[5]), ARGV[6] == '1'

local standing = rank(uid, id)
if refused(standing) then return {standing} end

local items, asked, answered = find_turn(id, mark)
if not asked then return {'NO_TURN'} end
if last_only and (answered or asked) < #items then return {'NOT_LAST'} end

local state, answer = 'resumed', answered and items[answered] or ''
if answered and not last_only and state_of(items[asked]) == 'done' then
  state = 'answered'
else
  write_state(id, items, asked, 'pending')
end

local flags = telling(id, turn, state)
refresh(uid, id)
redis.call('EXPIRE', HISTORY .. id, HISTORY_SECONDS)
local shown = redis.call('GET', BOOKMARK .. turn) or ''
return {'OK', hash(id), state, items[asked], answer, shown, flags, before(items, asked, limit)}
