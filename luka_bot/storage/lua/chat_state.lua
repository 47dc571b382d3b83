-- A conversation as it is now.
-- KEYS: none. ARGV: conversation. Returns {"OK", state} or {"GONE"}.
if not there(ARGV[1]) then return {'GONE'} end
return {'OK', state(ARGV[1])}
