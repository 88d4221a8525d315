"""The few compositions of the stages, without Prefect; the only place where item errors are caught."""
