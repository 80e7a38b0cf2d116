"""Why a person should look at a unit."""
