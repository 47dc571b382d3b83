-- A replica that was taken for dead changes nothing more, however late its words arrive.
-- KEYS: none. The last of ARGV is taken away: the replica that speaks, or "" for who is none.
-- Returns {"LOST"} if its place was taken.
local speaker = table.remove(ARGV)
if speaker ~= '' and not redis.call('ZSCORE', REPLICAS, speaker) then return {'LOST'} end
