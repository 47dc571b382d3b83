"""How fast conversations of many are: two replicas, one Valkey, a model of fixed speed."""
