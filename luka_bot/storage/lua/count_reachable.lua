-- KEYS: none. ARGV: none. Returns {how many a broadcast would reach}.
return {#reachable()}
