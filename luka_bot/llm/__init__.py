"""Wire clients of model servers, all behind one Protocol."""
