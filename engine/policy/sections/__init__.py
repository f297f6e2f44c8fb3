"""The optional sections of policy.toml, one module each: what each says, once read."""
