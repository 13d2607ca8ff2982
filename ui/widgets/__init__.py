"""Small parts: values in, signals out, accessible names, no knowledge of the office."""
