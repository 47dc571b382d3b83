-- Somebody is here: see meeting.lua, whose answer this is.
-- KEYS: usage:{uid}, flood:{uid}, asked:{uid}. ARGV: who, as meeting.lua takes it.
return meet(KEYS[1], KEYS[2], KEYS[3], ARGV)
