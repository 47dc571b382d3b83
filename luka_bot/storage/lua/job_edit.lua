-- What stands in a job is changed, as long as it is in one state.
-- KEYS: none. ARGV: id, owner or "", now (seconds), the state, field, value, ...
-- Returns {"OK", hash}, {"GONE"}, {"OTHERS"} or {"MOVED", hash}.
local id = ARGV[1]
local its = fields(id, 'state', 'owner')
if its[1] == '' then return {'GONE'} end
if ARGV[2] ~= '' and its[2] ~= ARGV[2] then return {'OTHERS'} end
if its[1] ~= ARGV[4] then return {'MOVED', job(id)} end
write(id, 5)
if its[1] == 'pending' then enter(id, 'pending') end
changed(id, ARGV[3])
return {'OK', job(id)}
